"""An image on the page, no larger than it is and than there is room."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from ui.detail.page.rows import MARGIN, MenuEntry, Row
from ui.detail.page.sheet import Fill, Picture, Sheet
from ui.detail.page.typography import Typography
from ui.theme import UNIT

_HIGHEST = 50 * UNIT


class ImageRow(Row):
    """`image` is decoded, and not larger than a screen."""

    __slots__ = ("image", "indent")

    def __init__(
        self,
        key: Hashable,
        image: QImage,
        *,
        name: str = "",
        indent: int = 0,
        menu: Sequence[MenuEntry] = (),
    ) -> None:
        super().__init__(key, name, menu)
        self.image = image
        self.indent = indent

    def lay_out(self, type_: Typography, width: int) -> Sheet:
        left = float(MARGIN + self.indent)
        room = max(1.0, width - MARGIN - left)
        wide, high = max(1, self.image.width()), max(1, self.image.height())
        scale = min(1.0, room / wide, _HIGHEST / high)
        area = QRectF(left, UNIT / 2, max(1.0, wide * scale), max(1.0, high * scale))
        # A transparent image is seen against its ground.
        fills = [Fill(area, "code_background", 0)]
        return Sheet(height=area.height() + UNIT, fills=fills, pictures=[Picture(area, self.image)])
