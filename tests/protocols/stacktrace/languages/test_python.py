import traceback
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from app.model import ExceptionInfo
from app.protocols.stacktrace import parse, parse_python
from tests.protocols.stacktrace.reading import sample

Parsed = tuple[ExceptionInfo, ...]


class ShopError(Exception):
    pass


def charge(order: int) -> None:
    raise KeyError(order)


def pay(order: int) -> None:
    try:
        charge(order)
    except KeyError as error:
        raise ShopError(f"order {order}\nwas not paid") from error


def clean_up() -> None:
    try:
        pay(7)
    except ShopError:
        raise ValueError  # noqa: B904


def members() -> None:
    found: list[Exception] = [ValueError("no frames")]
    attempts: list[Callable[[], None]] = [lambda: charge(1), clean_up]
    for attempt in attempts:
        try:
            attempt()
        except (KeyError, ValueError) as error:
            found.append(error)
    raise ExceptionGroup("several", found)


def nested_groups() -> None:
    try:
        members()
    except ExceptionGroup as group:
        raise ExceptionGroup("outer", [group, TypeError("beside it")]) from None


def forever(n: int) -> None:
    forever(n + 1)


def text_of(failing: Callable[[], object]) -> str:
    try:
        failing()
    except Exception:  # noqa: BLE001
        return traceback.format_exc()
    raise AssertionError("nothing was raised")


def names(parsed: Parsed) -> list[str | None]:
    return [raised.type for raised in parsed]


def test_one_exception() -> None:
    (raised,) = parse_python(text_of(lambda: charge(5)))

    assert (raised.type, raised.value, raised.module) == ("KeyError", "5", None)
    assert [frame.function for frame in raised.frames] == ["text_of", "<lambda>", "charge"]
    crash = raised.frames[-1]
    assert crash.abs_path == __file__
    assert crash.line == charge.__code__.co_firstlineno + 1
    assert crash.context == ((crash.line, "raise KeyError(order)"),)
    assert crash.in_app


def test_a_chain_runs_cause_first() -> None:
    cause, middle, raised = parse_python(text_of(clean_up))

    assert (cause.type, middle.type, raised.type) == ("KeyError", "ShopError", "ValueError")
    assert middle.module == __name__
    assert middle.value == "order 7\nwas not paid"
    assert raised.value is None
    assert [frame.function for frame in cause.frames] == ["pay", "charge"]


def test_groups_come_after_their_members() -> None:
    parsed = parse_python(text_of(members))

    assert names(parsed)[-1] == "ExceptionGroup"
    assert parsed[-1].value == "several (3 sub-exceptions)"
    by_parent = [raised.type for raised in parsed if raised.parent == len(parsed) - 1]
    assert sorted(map(str, by_parent)) == ["KeyError", "ValueError", "ValueError"]
    assert [raised.frames for raised in parsed if raised.value == "no frames"] == [()]
    assert parsed[-1].frames[-1].function == "members"


def test_groups_within_groups() -> None:
    parsed = parse_python(text_of(nested_groups))

    outer = parsed[-1]
    assert outer.value == "outer (2 sub-exceptions)"
    inner = next(index for index, raised in enumerate(parsed) if (raised.value or "").startswith("several"))
    assert parsed[inner].parent == len(parsed) - 1
    assert sum(raised.parent == inner for raised in parsed) == 3


def test_an_exception_while_a_group_is_handled() -> None:
    def failing() -> None:
        try:
            members()
        except ExceptionGroup:
            charge(9)

    parsed = parse_python(text_of(failing))

    assert names(parsed)[-2:] == ["ExceptionGroup", "KeyError"]
    assert parsed[-1].frames[-1].function == "charge"


def test_recursion_says_how_often() -> None:
    (raised,) = parse_python(text_of(lambda: forever(0)))

    assert raised.type == "RecursionError"
    repeated = [frame for frame in raised.frames if frame.vars]
    assert len(repeated) == 1
    assert repeated[0].vars["[repeated]"].endswith(" more times")


def test_a_syntax_error_has_its_file_as_last_frame() -> None:
    (raised,) = parse_python(text_of(lambda: compile("a = (\nb = 1", "shop/settings.py", "exec")))

    assert (raised.type, raised.value) == ("SyntaxError", "'(' was never closed")
    crash = raised.frames[-1]
    assert (crash.filename, crash.line, crash.function) == ("shop/settings.py", 1, None)
    assert crash.context == ((1, "a = ("),)


def test_installed_code_is_not_the_apps() -> None:
    parsed = parse_python(
        "Traceback (most recent call last):\n"
        '  File "/venv/lib/python3.11/site-packages/flask/app.py", line 880, in dispatch\n'
        "    rv = self.handle()\n"
        "         ~~~~~~~~~~~^^\n"
        '  File "C:\\shop\\views.py", line 3, in pay\n'
        "zExceptions.NotFound: /cart: not here\n"
    )

    (raised,) = parsed
    assert [(frame.filename, frame.in_app) for frame in raised.frames] == [
        ("flask/app.py", False),
        ("C:\\shop\\views.py", True),
    ]
    assert raised.frames[0].context == ((880, "rv = self.handle()"),)
    assert (raised.module, raised.type, raised.value) == ("zExceptions", "NotFound", "/cart: not here")


def test_what_surrounds_a_traceback_does_not_matter() -> None:
    text = text_of(lambda: pay(1))
    parsed = parse_python(text)

    assert parse_python("2026-11-23 ERROR failed\r\n" + text.replace("\n", "\r\n")) == parsed
    assert parse_python("\n".join("    " + line for line in text.split("\n"))) == parsed
    assert parse_python(text.partition("\n")[2])[-1] == parsed[-1]


def test_a_truncated_traceback_has_the_frames_that_are_left() -> None:
    text = text_of(lambda: charge(1))

    (raised,) = parse_python(text[: text.index("KeyError:")])

    assert raised.type is None
    assert raised.frames[-1].function == "charge"


def test_other_text_is_no_traceback() -> None:
    assert parse_python("") == ()
    assert parse_python("Error at line 5 of checkout.php") == ()
    assert parse_python('see File "x.py", line 3, for more') == ()


def test_long_lines_cost_no_more_than_their_length() -> None:
    # Nested repetitions in a pattern would take hours here.
    for line in (
        "    " + "~" * 100_000 + "x",
        '  File "' + "/lib/" * 20_000 + '", line 1, in f',
        " " * 100_000 + "|",
    ):
        parse_python(f"Traceback (most recent call last):\n{line}\nValueError: {'.' * 100_000}\n")


LINES = st.sampled_from(
    [
        "Traceback (most recent call last):",
        "  + Exception Group Traceback (most recent call last):",
        '  File "/a/b.py", line 3, in f',
        '  |   File "/a/b.py", line 3, in f',
        "    x = 1",
        "    ^^^^",
        "  [Previous line repeated 9 more times]",
        "ValueError: x",
        "  | ExceptionGroup: many (2 sub-exceptions)",
        "  +-+---------------- 1 ----------------",
        "    +---------------- 2 ----------------",
        "      +-+---------------- ... ----------------",
        "    | ValueError: 1",
        "    +------------------------------------",
        "",
        "The above exception was the direct cause of the following exception:",
        "During handling of the above exception, another exception occurred:",
    ]
)


@given(st.lists(LINES | st.text(max_size=20), max_size=25).map("\n".join))
def test_any_text_is_read(text: str) -> None:
    parsed = parse_python(text)

    for index, raised in enumerate(parsed):
        assert raised.frames or raised.type or raised.value
        assert raised.parent is None or index < raised.parent < len(parsed)


def test_a_line_among_the_calls_is_no_message() -> None:
    parsed = parse(
        'Traceback (most recent call last):\n  File "/a.py", line 2, in main\n    pay()\nshop: it is late\n'
        '  File "/a.py", line 1, in pay\n    x()\nKeyError: 1\nmore of it\n'
    )

    assert (parsed.exceptions[0].type, parsed.exceptions[0].value) == ("KeyError", "1\nmore of it")
    assert ([frame.function for frame in parsed.frames], parsed.unread) == (["main", "pay"], 1)


def test_a_message_may_quote_a_call() -> None:
    parsed = parse(
        'Traceback (most recent call last):\n  File "/a.py", line 2, in main\n    pay()\n'
        'ValueError: see\n  File "/b.html", line 1, in template\nfor more: 3\n'
    )

    assert [frame.function for frame in parsed.frames] == ["main"]
    assert parsed.exceptions[0].value == 'see\n  File "/b.html", line 1, in template\nfor more: 3'


def test_a_logger_ends_a_message_and_a_traceback_without_link_is_another_error() -> None:
    one = 'Traceback (most recent call last):\n  File "/a.py", line 2, in main\n    pay()\nKeyError: 1\n'
    parsed = parse(f"{one}2026-11-30 01:02:03,004 INFO served\nERROR:shop:no\n{one}")

    assert [(raised.type, raised.value) for raised in parsed.exceptions] == [("KeyError", "1")]
    assert parsed.unread == 6


def test_the_second_line_of_a_message_in_a_group_is_drawn_without_its_tree() -> None:
    parsed = sample("python/group")

    assert [(raised.type, raised.value) for raised in parsed.exceptions][4] == (
        "ValueError",
        "no\n\nsuch order",
    )
    assert [raised.parent for raised in parsed.exceptions] == [2, 2, 6, 4, 6, 6, None]
