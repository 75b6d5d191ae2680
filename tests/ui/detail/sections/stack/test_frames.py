"""The frames of a stack on the page."""

from app.model import LEFT_OUT, REPEATED, Event, ExceptionInfo, Frame, Sdk, Trimmed
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, failure, frame, library_frame, make_detail, make_event
from ui.detail.requests import OpenFrame
from ui.detail.sections.stack.frames import missing_frames
from ui.detail.sections.stack.stack_trace import StackTraceSection


def test_a_frame_that_names_a_file_is_opened_from_its_menu(page: ReadPage) -> None:
    bare = Frame(function="run", filename="shop/run.py", line=3)
    frozen = Frame(function="load", filename="<frozen importlib>", line=1)
    page.open(make_detail(make_event(exceptions=(failure("E", frozen, bare),))), StackTraceSection)
    asked: list[object] = []
    page.requested.connect(asked.append)
    page.menu("run")["Open in the editor"]()
    assert asked == [OpenFrame(bare)]
    assert "Open in the editor" not in page.menu("load")
    page.activate("Open shop/run.py:3 in the editor")
    assert len(asked) == 2
    assert page.zone("Open shop/run.py:3").by_key, "a frame with nothing to fold is reached by Tab"


def with_stack(*frames: Frame, **fields: object) -> Event:
    return bare_event(exceptions=(ExceptionInfo(type="E", value="v", frames=frames),), **fields)


def lines_of(page: ReadPage, *frames: Frame, **fields: object) -> list[str]:
    return page.open(make_detail(with_stack(*frames, **fields)), StackTraceSection).lines()


def plain_frame(function: str, line: int = 1, **fields: object) -> Frame:
    return frame(function, line, **({"context": (), "vars": {}} | fields))


def test_libraries_are_counted_where_they_are_hidden(page: ReadPage) -> None:
    libraries = (library_frame("six"), library_frame("click"))
    stack = (library_frame(), plain_frame("a"), *libraries, plain_frame("b"))
    assert lines_of(page, *stack)[1:] == [
        "b  shop/payment.py:1",
        "2 frames in six, click",
        "a  shop/payment.py:1",
        "dispatch  flask/app.py:9",
    ]
    page.activate("All frames")
    assert page.lines()[2:4] == ["dispatch  click/app.py:9", "dispatch  six/app.py:9"]
    page.activate("App frames")
    page.activate("2 frames in six")
    assert page.lines()[3:5] == ["dispatch  click/app.py:9", "dispatch  six/app.py:9"]


def test_a_stack_of_libraries_alone_shows_the_frame_that_failed(page: ReadPage) -> None:
    stack = (library_frame(), library_frame("six"), library_frame("six", "crash"))
    assert lines_of(page, *stack)[1:] == ["crash  six/app.py:9", "2 frames in flask, six"]


def test_mutual_recursion_is_one_line_that_opens_by_hundreds(page: ReadPage) -> None:
    stack = (plain_frame("main"), *[plain_frame("visit", 2), plain_frame("walk", 3)] * 5_000)
    assert lines_of(page, *stack)[1:] == [
        "walk  shop/payment.py:3",
        "visit  shop/payment.py:2",
        "4,999 more rounds of visit → walk, 9,998 frames",
        "main  shop/payment.py:1",
    ]
    page.activate("4,999 more")
    assert "9,898 more frames" in page.lines()
    page.activate("9,898 more frames")
    assert "9,798 more frames" in page.lines()


def test_what_is_missing_stands_where_it_was(page: ReadPage) -> None:
    stack = (
        plain_frame("a", vars={LEFT_OUT: "180 calls"}),
        plain_frame("b", vars={REPEATED: "993 more times"}),
        plain_frame("c"),
    )
    shown = ["c  shop/payment.py:1", "Called 993 more times", "b  shop/payment.py:1"]
    shown += ["Left out here: 180 calls", "a  shop/payment.py:1"]
    assert lines_of(page, *stack)[1:] == shown
    page.activate("Oldest first")
    assert page.lines()[1:] == shown[::-1]


def test_of_what_the_client_did_to_locals_the_page_says_it_there(page: ReadPage) -> None:
    path = ("exceptions", "0", "frames", "0", "vars")
    trimmed = (
        Trimmed(path=(*path, "token"), rule="config"),
        Trimmed(path=(*path, "cart", "note"), length=8_192, rule="limit"),
    )
    stack = plain_frame("a", vars={"token": "[Filtered]", "cart": {"note": "x"}})
    assert "token  [Filtered]  removed by the client as it is configured" in lines_of(
        page, stack, trimmed=trimmed
    )
    page.activate("cart")
    assert 'note  "x"  cut by the client: 8,192 in all' in page.lines()


def test_what_the_client_left_out_of_a_stack() -> None:
    path = ("exceptions", "0", "frames")
    assert missing_frames(Trimmed(path=path, length=430), 250) == "The client sent 250 of 430 frames."
    assert (
        missing_frames(Trimmed(path=path, rule="config"), 0)
        == "The client left out this stack trace: it was longer than the client sends."
    )
    assert missing_frames(Trimmed(path=path, rule="odd"), 0) == "The client left out this stack trace."


def test_locals_of_sentrys_python_client_have_the_types_that_they_had(page: ReadPage) -> None:
    given = {"a": "42", "b": "'42'", "c": "None", "d": "Item(name='tea')", "e": "<Foo object at 0x1>"}
    given |= {f"more{number}": "1" for number in range(5)}
    lines = lines_of(
        page, plain_frame("f", vars=given), platform="python", sdk=Sdk(name="sentry.python.flask")
    )
    assert lines[2:8] == [
        "10 locals  the client sends no more",
        "a  42",
        "b  '42'",
        "c  None",
        "d  Item(name='tea')",
        "e  <Foo object at 0x1>",
    ]
    menu = page.menu("b  '42'")
    menu["Copy value"]()
    assert page.clipboard_text() == "42"
    menu["Copy as Python"]()
    assert page.clipboard_text() == "'42'"


def test_locals_of_other_clients_are_json(page: ReadPage) -> None:
    given = {"a": 42, "b": "42", "c": None, "d": True}
    assert lines_of(page, plain_frame("f", vars=given), platform="ruby")[3:] == [
        "a  42",
        'b  "42"',
        "c  nil",
        "d  true",
    ]


def test_locals_are_searched_in_names_and_values_at_any_depth(page: ReadPage) -> None:
    given = {"cart": {"items": [{"sku": "tea"}, {"sku": "cup"}]}, "tea_time": 4, "other": 1}
    lines_of(page, plain_frame("f", vars=given))
    page.activate("Search")
    page.type_text("TEA")
    assert page.lines()[3:] == [
        "cart  object · 1",
        "items  array · 2",
        "0  object · 1",
        'sku  "tea"',
        "tea_time  4",
    ]
    page.activate("“TEA” ✕")
    assert len(page.lines()) == 6
