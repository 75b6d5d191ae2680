import pytest

from app.protocols.event import source_lines


@pytest.mark.parametrize(
    ("line", "before", "own", "after", "expected"),
    [
        (12, ["a", "b"], "c", ["d"], ((10, "a"), (11, "b"), (12, "c"), (13, "d"))),
        (12, None, "c", None, ((12, "c"),)),
        (1, [], "c", ["d"], ((1, "c"), (2, "d"))),
        (None, ["a"], "c", [], ()),
        (12, ["a"], None, ["d"], ()),
    ],
)
def test_lines_around_that_of_the_call(
    line: int | None,
    before: list[str] | None,
    own: str | None,
    after: list[str] | None,
    expected: source_lines.Lines,
) -> None:
    assert source_lines.around(line, before, own, after) == expected


def test_numbered_lines_are_in_the_order_of_their_numbers() -> None:
    lines = {
        "10": "c\r\n",
        "9": "b\n",
        "1": "a",
        "-1": "x",
        "x": "y",
        "²": "z",
        "3": None,
        "4": 5,
        "9" * 10: "w",
    }

    assert source_lines.numbered(lines) == ((1, "a"), (4, "5"), (9, "b"), (10, "c"))
    assert source_lines.numbered(None) == ()
