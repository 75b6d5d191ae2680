"""The findings of an examination, in its order: a mark, the fact, what it means, what to do."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.model import Level
from ui.issues.row.marks import paint_mark
from ui.theme import UNIT, appearance, font_body, font_strong, theme
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from app.doctor.finding import Finding

# By the names of `app.doctor.Severity`: that module is not imported, as it brings the store.
_LEVELS = {"problem": Level.ERROR, "warning": Level.WARNING, "note": Level.INFO}
# A line of some ninety characters: longer ones are hard to read.
_WIDTH = 84 * UNIT


class Mark(QWidget):
    """The mark of a severity: that of a level, or a tick."""

    def __init__(self, severity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity = severity
        self.setFixedSize(12, 20)
        appearance().themeChanged.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(6, 10)
        level = _LEVELS.get(self._severity)
        if level is not None:
            paint_mark(painter, centre, level, theme().level(level))
        else:
            painter.setPen(QPen(theme().success, 1.75, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            tick = (QPointF(-4, 0), QPointF(-1, 3.25), QPointF(4.5, -3.5))
            painter.drawPolyline(QPolygonF([centre + point for point in tick]))
        painter.end()


class Findings(QWidget):
    """All findings, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Findings")
        self.setMaximumWidth(_WIDTH)
        self._shown: tuple[Finding, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(UNIT * 2 + 4, 0, UNIT * 2 + 4, 0)
        self._column.setSpacing(UNIT * 2)

    def show_findings(self, findings: "tuple[Finding, ...]") -> None:
        """Show these; widgets with the same content are reused, as their text may be being selected."""
        if findings == self._shown:
            return
        self._shown = findings
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            self._column.addWidget(_shown(finding))


def _shown(finding: "Finding") -> QWidget:
    severity = finding.severity.value
    whole = QWidget()
    whole.setAccessibleName(f"{severity}: {finding.title}")
    whole.setAccessibleDescription(f"{finding.meaning} {finding.advice}".strip())
    text = QVBoxLayout()
    text.setContentsMargins(0, 0, 0, 0)
    text.setSpacing(UNIT // 2)
    text.addWidget(_label(finding.title, "strong", strong=severity in _LEVELS))
    if finding.meaning:
        text.addWidget(_label(finding.meaning, "muted"))
    if finding.advice:
        text.addWidget(_label(finding.advice, "strong"))
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(UNIT)
    row.addWidget(Mark(severity), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(text, 1)
    return whole


def _label(text: str, kind: str, *, strong: bool = False) -> PlainLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName(kind)
    label.setFont(font_strong() if strong else font_body())
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
