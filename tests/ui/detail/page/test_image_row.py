"""An image on the page: within its width, and never larger than it is."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui.detail.page.image_row import ImageRow
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import MARGIN


@pytest.mark.parametrize("size", [(10, 10), (3_000, 20), (20, 3_000), (1, 1)])
def test_it_fits(qapp: QApplication, size: tuple[int, int]) -> None:
    row = ImageRow("a", QImage(*size, QImage.Format.Format_RGB32), indent=16)
    sheet = row.lay_out(PageTheme().type_, 600)
    (picture,) = sheet.pictures
    assert picture.rect.right() <= 600 - MARGIN
    assert picture.rect.bottom() <= sheet.height <= 420
    assert picture.rect.width() <= size[0]
