"""Numbers as small columns next to each other on a line, each with its words on hover."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF

from ui.detail.page.sheet import Fill, Sheet, Tip

_GAP = 1.0
_LEAST = 2.0


def put_columns(
    sheet: Sheet, area: QRectF, counts: Sequence[int], tips: Sequence[str], widest: float
) -> float:
    """Draw `counts` into `area`, no column wider than `widest`; returns how wide all of them are."""
    most = max(counts, default=0)
    step = min(area.width() / max(1, len(counts)), widest)
    foot = area.bottom()
    for number, (count, tip) in enumerate(zip(counts, tips, strict=True)):
        x = area.left() + number * step
        if count:
            height = max(_LEAST, area.height() * count / most)
            sheet.fills.append(Fill(QRectF(x, foot - height, step - _GAP, height), "chart", 1))
        sheet.tips.append(Tip(QRectF(x, area.top(), step, area.height()), tip))
    width = step * len(counts) - _GAP
    sheet.fills.append(Fill(QRectF(area.left(), foot, width, 1), "line", 0))
    return width
