"""The small line of a row, as pixels."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.issues.row import sparkline
from ui.theme import Theme


def painted(counts: tuple[int, ...], colours: Theme) -> QImage:
    image = QImage(96, 20, QImage.Format.Format_RGB32)
    image.fill(colours.window)
    painter = QPainter(image)
    sparkline.paint(painter, QRectF(0, 0, 96, 20), counts, colours)
    painter.end()
    return image


def height(image: QImage, x: int, colours: Theme) -> int:
    return sum(image.pixelColor(x, y).rgb() == colours.chart.rgb() for y in range(20))


def test_the_most_fill_the_height_and_few_are_still_seen(dressed: Theme, qapp: QApplication) -> None:
    image = painted((1, 0, *(21 * (0,)), 1_000), dressed)
    assert [height(image, x, dressed) for x in (1, 5, 93)] == [2, 0, 20]


def test_a_day_without_events_is_a_ground_line(dressed: Theme, qapp: QApplication) -> None:
    image = painted(24 * (0,), dressed)
    assert not any(height(image, x, dressed) for x in range(96))
    assert image.pixelColor(50, 19).rgb() == dressed.line.rgb()
