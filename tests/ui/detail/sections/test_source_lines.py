from typing import Any

from tests.ui.detail.samples import frame
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font, Sheet
from ui.detail.sections.source_lines import SourceLines


def sheet(context: tuple[tuple[int, str], ...], line: int, width: int = 600, **fields: Any) -> Sheet:
    return SourceLines("key", frame(line=line, context=context, **fields)).sheet(PageTheme().type_, width)


def test_common_indent_goes_and_the_failing_line_is_marked(qapp: object) -> None:
    laid_out = sheet(((1, "        if x:"), (2, "            fail()"), (3, "")), 2)
    assert [span.text for span in laid_out.spans] == ["1", "if x:", "2", "    fail()", "3", ""]
    assert [fill.colour for fill in laid_out.fills] == ["code_background", "code_line"]
    numbers = [span for span in laid_out.spans if span.text.isdigit()]
    assert len({span.x + span.width for span in numbers}) == 1


def test_the_failing_line_wraps_and_the_others_are_cut(qapp: object) -> None:
    long = "call(" + ", ".join(f"argument_{n}" for n in range(30)) + ")"
    laid_out = sheet(((1, long), (2, long)), 2, width=400)
    first, failing = laid_out.spans[1], [span for span in laid_out.spans[3:] if span.font is Font.CODE]
    assert first.text.endswith("…")
    assert first.whole == long
    assert "".join(span.text for span in failing).replace(" ", "").startswith("call(argument_0,argument_1")
    assert len(failing) > 1


def test_of_minified_code_the_part_that_failed_is_shown(qapp: object) -> None:
    minified = "a" * 50_000 + "BOOM" + "b" * 50_000
    laid_out = sheet(((1, minified),), 1, column=50_000)
    assert "BOOM" in "".join(span.text for span in laid_out.spans)
    assert sum(len(span.text) for span in laid_out.spans) < 500
