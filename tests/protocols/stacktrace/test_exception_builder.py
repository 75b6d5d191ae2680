from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten


def test_frames_are_turned_and_lines_joined() -> None:
    calls = [Frame(function="newest"), Frame(function="oldest")]
    info = ExceptionBuilder(type="E", message=["one", "two", ""], calls=calls).info()

    assert (info.type, info.value) == ("E", "one\ntwo")
    assert [frame.function for frame in info.frames] == ["oldest", "newest"]


def test_causes_come_before_what_they_caused() -> None:
    root = ExceptionBuilder(type="root")
    middle = ExceptionBuilder(type="middle", cause=root)

    chain = flatten(ExceptionBuilder(type="top", cause=middle))

    assert [raised.type for raised in chain] == ["root", "middle", "top"]
    assert {raised.parent for raised in chain} == {None}


def test_members_name_their_group() -> None:
    members = [ExceptionBuilder(type="first"), ExceptionBuilder(type="second")]

    found = flatten(ExceptionBuilder(type="group", members=members))

    assert [(raised.type, raised.parent) for raised in found] == [
        ("second", 2),
        ("first", 2),
        ("group", None),
    ]
