from app.model import ExceptionInfo, Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten


def described(raised: ExceptionBuilder) -> list[tuple[str | None, int | None]]:
    """Type and parent of each exception in the flat list."""
    return [(info.type, info.parent) for info in flatten(raised)]


def test_frames_are_oldest_first_and_blank_lines_around_the_message_go() -> None:
    builder = ExceptionBuilder("E", message=["", "two", "", "lines ", ""])
    builder.calls = [Frame(function="newest"), Frame(function="oldest")]

    assert builder.info() == ExceptionInfo(
        type="E", value="two\n\nlines", frames=(Frame(function="oldest"), Frame(function="newest"))
    )
    assert ExceptionBuilder("E", message=[""]).info().value is None


def test_causes_come_before_what_they_caused() -> None:
    chain = ExceptionBuilder("Outer", cause=ExceptionBuilder("Middle", cause=ExceptionBuilder("Inner")))

    assert described(chain) == [("Inner", None), ("Middle", None), ("Outer", None)]


def test_members_name_their_group_and_causes_of_members_what_they_caused() -> None:
    inner = ExceptionBuilder("InnerGroup", members=[ExceptionBuilder("Deep")])
    first = ExceptionBuilder("First", cause=ExceptionBuilder("Cause"))
    group = ExceptionBuilder("Group", cause=ExceptionBuilder("CauseOfGroup"), members=[first, inner])

    assert described(group) == [
        ("CauseOfGroup", None),
        ("Deep", 2),
        ("InnerGroup", 5),
        ("Cause", 4),
        ("First", 5),
        ("Group", None),
    ]


def test_groups_nested_without_end_are_flattened_to_a_depth() -> None:
    group = ExceptionBuilder("Bottom")
    for _ in range(5_000):
        group = ExceptionBuilder("Group", members=[group])

    found = flatten(group)

    assert 10 < len(found) < 100
    assert [info.parent for info in found] == [*range(1, len(found)), None]
