"""Numbers as columns: as high as their part of the most, with words on hover."""

from PySide6.QtCore import QRectF

from ui.detail.page.columns import put_columns
from ui.detail.page.sheet import Sheet

AREA = QRectF(10, 5, 100, 40)


def test_columns_are_as_high_as_their_numbers() -> None:
    sheet = Sheet()
    width = put_columns(sheet, AREA, [1, 0, 4, 10_000], list("abcd"), 12)
    columns = [fill.rect for fill in sheet.fills[:-1]]
    assert [round(rect.height(), 1) for rect in columns] == [2, 2, 40]
    assert all(rect.bottom() == AREA.bottom() for rect in columns)
    assert [tip.text for tip in sheet.tips] == list("abcd")
    assert width < 48 < AREA.width()


def test_nothing_to_draw_is_a_line() -> None:
    sheet = Sheet()
    put_columns(sheet, AREA, [0, 0], ["a", "b"], 12)
    assert len(sheet.fills) == 1
    put_columns(sheet, AREA, [], [], 12)
