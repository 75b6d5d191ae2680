from collections.abc import Callable
from itertools import pairwise
from typing import Any

from app.source.colours import coloured
from app.source.excerpt import lines_of
from tests.ui.detail.samples import frame
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font, Sheet, Span
from ui.detail.sections.stack.source_lines import SourceLines

Context = tuple[tuple[int, str], ...]


def sheet(
    context: Context,
    line: int,
    width: int = 600,
    *,
    opened: frozenset[int] = frozenset(),
    toggle: Callable[[int], None] | None = None,
    **fields: Any,
) -> Sheet:
    shown = frame(line=line, context=context, **fields)
    lines = coloured(lines_of(shown), "python", line)
    row = SourceLines("key", lines, line, opened=opened, toggle=toggle)
    return row.sheet(PageTheme().type_, width)


def source(laid_out: Sheet) -> list[str]:
    """The lines' texts, without their numbers."""
    return [line.partition("  ")[2] for line in laid_out.text().split("\n")]


def on_lines(laid_out: Sheet) -> list[list[Span]]:
    by_baseline: dict[float, list[Span]] = {}
    for span in laid_out.spans:
        by_baseline.setdefault(span.baseline, []).append(span)
    return list(by_baseline.values())


def test_common_indent_goes_and_the_failing_line_is_marked(qapp: object) -> None:
    laid_out = sheet(((1, "        if x:"), (2, "            fail()"), (3, "")), 2)
    assert source(laid_out) == ["if x:", "    fail()", ""]
    assert [fill.colour for fill in laid_out.fills] == ["code_background", "code_line"]
    numbers = [span for span in laid_out.spans if span.text.isdigit()]
    assert len({span.x + span.width for span in numbers}) == 1


def test_what_the_language_says_has_its_colour(qapp: object) -> None:
    laid_out = sheet(((1, '    return "tea", 3  # both'),), 1)
    colours = {span.text: span.colour for span in laid_out.spans}
    assert colours["return"] == "syntax_keyword"
    assert colours['"tea"'] == "syntax_string"
    assert colours["3"] == "syntax_number"
    assert colours["# both"] == "syntax_comment"
    assert laid_out.text() == '1  return "tea", 3  # both'


def test_pieces_of_a_line_stand_one_behind_the_other(qapp: object) -> None:
    _number, *pieces = sheet(((1, 'x = f("tea") + 1'),), 1).spans
    assert "".join(piece.text for piece in pieces) == 'x = f("tea") + 1'
    for piece, following in pairwise(pieces):
        assert piece.x + piece.width == following.x


def test_the_failing_column_is_underlined(qapp: object) -> None:
    laid_out = sheet(((7, "\ttotal = price * count"),), 7, column=10)
    (mark,) = [fill for fill in laid_out.fills if fill.colour == "level_error"]
    column = PageTheme().type_.column
    start = next(span for span in laid_out.spans if span.text.startswith("total")).x
    assert mark.rect.left() == start + 8 * column
    assert mark.rect.width() == 5 * column, "the whole word: price"


def test_the_failing_line_wraps_and_the_others_are_cut(qapp: object) -> None:
    long = "call(" + ", ".join(f"argument_{n}" for n in range(30)) + ")"
    laid_out = sheet(((1, long), (2, long)), 2, width=400)
    first, *failing = on_lines(laid_out)
    assert first[-1].text.endswith("…")
    assert laid_out.text() == f"1  {long}\n2  {long}", "copied, both are whole"
    assert len(failing) > 1


def test_a_cut_line_opens_and_folds(qapp: object) -> None:
    long = "call(" + ", ".join(f"argument_{n}" for n in range(30)) + ")"
    asked: list[int] = []
    folded = sheet(((1, long), (2, "f()")), 2, width=400, toggle=asked.append)
    (zone,) = [zone for zone in folded.zones if zone.name == "Line 1"]
    assert zone.opened is False
    zone.activate()
    assert asked == [1]
    opened = sheet(((1, long), (2, "f()")), 2, width=400, opened=frozenset({1}), toggle=asked.append)
    (zone,) = [zone for zone in opened.zones if zone.name == "Line 1"]
    assert zone.opened is True
    assert opened.height > folded.height
    assert not any("…" in span.text for span in opened.spans)
    assert opened.text() == folded.text()


def test_what_is_cut_or_not_near_is_searched_and_opened(qapp: object) -> None:
    long = "call(" + ", ".join(f"argument_{n}" for n in range(30)) + ")"
    lines = lines_of(frame(line=2, context=((1, long), (2, "f()"), (9, "far()"))))
    asked: list[int] = []
    whole = SourceLines("key", lines, 2, toggle=asked.append)
    whole.sheet(PageTheme().type_, 400)
    folded = whole.folded()
    assert folded is not None
    assert folded.text() == long
    assert folded.unfold is not None
    folded.unfold()
    assert asked == [1]
    near = SourceLines("key", lines, 2, around=2, toggle=asked.append, activate=lambda: asked.append(0))
    near.sheet(PageTheme().type_, 4_000)
    folded = near.folded()
    assert folded is not None
    assert folded.text() == "far()"


def test_of_minified_code_the_part_that_failed_is_shown(qapp: object) -> None:
    minified = "a" * 50_000 + "BOOM" + "b" * 50_000
    laid_out = sheet(((1, minified),), 1, column=50_001, toggle=lambda line: None)
    assert "BOOM" in "".join(span.text for span in laid_out.spans)
    assert sum(len(span.text) for span in laid_out.spans) < 500
    assert [zone.opened for zone in laid_out.zones] == [False]


def test_a_minified_line_of_a_megabyte_opens_within_bounds(qapp: object) -> None:
    minified = "var a=1;" * 125_000
    laid_out = sheet(((1, minified),), 1, column=500_000, opened=frozenset({1}), toggle=lambda line: None)
    text = "".join(span.text for span in laid_out.spans)
    assert len(text) < 11_000
    assert "more characters" in text
    assert "characters before" in text
    assert all(span.font is Font.CODE for span in laid_out.spans)
