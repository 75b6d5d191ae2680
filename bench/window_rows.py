"""How long a row of the list takes to paint, in both densities: prints microseconds as one JSON object.

`first` is with texts that were never painted before, `again` with those that were; the fonts and their glyphs
are loaded by other rows, as those of a window are with its first screenful: 8 ms once. It is the processor's
time: other programs on the machine do not count.
"""

import gc
import json
import sys
import time
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from app.model import Issue, IssueState, Level
from app.sorting import Sort
from ui.issues.model import IssueListModel
from ui.issues.row.delegate import IssueDelegate
from ui.issues.row.metrics import Density
from ui.theme import appearance

ROWS, WARM_UP, WIDTH, ROUNDS = 200, 60, 700, 20


def issues() -> list[Issue]:
    """Rows of which no two are alike."""
    now = datetime.now(UTC)
    return [
        Issue(
            id=number,
            project=f"shop{number % 7}",
            title=f"OrderNotFoundException: order {number} is gone",
            type=f"com.example.shop.orders{number}.internal.OrderNotFoundException",
            value=f"order {number} is gone",
            culprit="shop.ledger in charge",
            level=list(Level)[number % 5],
            state=list(IssueState)[number % 4],
            unread=number % 2 == 0,
            count=number * 13,
            users=number % 40,
            first_seen=now - timedelta(hours=number),
            last_seen=now - timedelta(seconds=7 * number),
            revision=number,
            place=f"ledger.py:{number} in charge",
            environment="production",
        )
        for number in range(1, WARM_UP + ROWS + 1)
    ]


def measure(density: Density) -> dict[str, float]:
    """Microseconds a row, in one density."""
    model, delegate = IssueListModel(), IssueDelegate()
    model.start(issues(), complete=True, sort=Sort.LAST_SEEN)
    delegate.set_density(density)
    image = QImage(WIDTH, delegate.metrics.height, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH, delegate.metrics.height)

    def paint(rows: range) -> float:
        begun = time.thread_time()
        for row in rows:
            delegate.paint(painter, option, model.index(row, 0))
        return (time.thread_time() - begun) / len(rows) * 1e6

    paint(range(WARM_UP))
    rows = range(WARM_UP, WARM_UP + ROWS)
    first = paint(rows)
    again = min(paint(rows) for _round in range(ROUNDS))
    painter.end()
    return {f"{density} first": first, f"{density} again": again}


def main() -> None:
    """Measure and print."""
    # The window collects garbage between its frames.
    gc.disable()
    app = QApplication(sys.argv[:1])
    appearance().follow(app)
    print(json.dumps(measure(Density.COMFORTABLE) | measure(Density.COMPACT)), flush=True)


if __name__ == "__main__":
    main()
