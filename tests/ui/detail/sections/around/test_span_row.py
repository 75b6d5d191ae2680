"""A span's row: its text, its bar on the axis, and the crash."""

import pytest

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Fill, Sheet
from ui.detail.sections.around.span_row import Axis, AxisRow, SpanRow, SpanText, bar_columns, length_text

AXIS = Axis(0, 1_000, 500)
WIDTH = 760


def laid_out(
    *, depth: int = 0, start: int = 250, end: int = 750, axis: Axis = AXIS, **fields: object
) -> Sheet:
    given = {
        "op": "db",
        "name": "SELECT 1",
        "length": "0.5 ms",
        "colour": "series_1",
        "failed": False,
        "badge": "",
    }
    text = SpanText(start=start, end=end, depth=depth, **(given | fields))  # type: ignore[arg-type]
    row = SpanRow(1, text, axis, opened=False, activate=lambda: None, is_folded=None, fold=None, hidden=str)
    return row.sheet(PageTheme().type_, WIDTH)


def fills(sheet: Sheet, colour: str) -> list[Fill]:
    return [fill for fill in sheet.fills if fill.colour == colour]


@pytest.mark.parametrize(
    ("micros", "text"),
    [
        (0, "0 µs"),
        (99, "99 µs"),
        (1_440, "1.4 ms"),
        (12_000, "12 ms"),
        (1_240_000, "1.24 s"),
        (185_000_000, "3 min 5 s"),
    ],
)
def test_how_long_it_took(qapp: object, micros: int, text: str) -> None:
    assert length_text(micros) == text


def test_the_bar_is_where_its_time_is(qapp: object) -> None:
    left, room = bar_columns(WIDTH)
    (bar,) = fills(laid_out(), "series_1")
    assert (bar.rect.left(), bar.rect.width()) == (left + room / 4, room / 2)
    (crash,) = fills(laid_out(), "danger")
    assert crash.rect.center().x() == left + room / 2


def test_a_moment_is_seen_and_stays_on_the_axis(qapp: object) -> None:
    left, room = bar_columns(WIDTH)
    (bar,) = fills(laid_out(start=1_000, end=1_000), "series_1")
    assert bar.rect.width() == 2
    assert bar.rect.right() <= left + room
    (before,) = fills(laid_out(start=-9_000, end=-8_000), "series_1")
    assert before.rect.left() == left


def test_nothing_hits_the_bars_however_deep_and_long_it_is(qapp: object) -> None:
    left, _room = bar_columns(WIDTH)
    sheet = laid_out(depth=500, name="SELECT " * 500, op="database.query.of.something", badge="error here")
    for span in sheet.spans:
        assert 0 < span.x <= span.x + span.width <= left


def test_the_axis_names_the_projects_and_its_end(qapp: object) -> None:
    axis = Axis(0, 4_000, 1_000)
    row = AxisRow("axis", axis, [("shop", "series_0"), ("pay", "series_1")])
    assert row.sheet(PageTheme().type_, WIDTH).text() == "shop  pay  0  4.0 ms  error"


def test_an_axis_without_time_has_places(qapp: object) -> None:
    assert Axis(5, 5, None).place(5, 10, 100) == 10
