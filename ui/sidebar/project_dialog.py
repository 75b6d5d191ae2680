"""How a project is shown: its name, a colour, a letter or an emoji, and whether it is hidden."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.plain_text import elided
from ui.issues.question_dialog import dialog_buttons
from ui.sidebar.delegate import COLOURS, colour_of
from ui.sidebar.project_actions import ProjectWish
from ui.theme import UNIT, appearance, theme
from ui.widgets.fields import line_field
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick
from ui.widgets.tooltip import set_tooltip

if TYPE_CHECKING:
    from app.store.places.project_acts import ProjectLook

_WIDTH = 400
_SWATCH = 28
# As `project_acts` has them; that module brings SQLAlchemy.
LONGEST_NAME = 100
LONGEST_SIGN = 16
_NAMES = ("The usual colour", "Blue", "Green", "Orange", "Purple")


class Swatch(QAbstractButton):
    """A colour to choose; without a token the usual one."""

    def __init__(self, token: str | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.token = token
        self.setCheckable(True)
        self.setAccessibleName(name)
        set_tooltip(self, name)
        self.setFixedSize(QSize(_SWATCH, _SWATCH))
        appearance().themeChanged.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        colours = theme()
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(colours.focus if self.hasFocus() else colours.text_muted, 2))
            painter.drawEllipse(box.adjusted(2, 2, -2, -2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(self.token) or colours.text_muted)
        painter.drawEllipse(box.adjusted(6, 6, -6, -6))
        painter.end()


class ProjectDialog(QDialog):
    """`wished(ProjectWish)`: it was confirmed. `taken` are the names that other projects have."""

    wished = Signal(object)

    def __init__(
        self, look: "ProjectLook", merged: Collection[str], taken: Collection[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._taken = frozenset(taken)
        self.setWindowTitle("Project")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.name = line_field("Name", look.shown)
        self.name.setMaxLength(LONGEST_NAME)
        self.sign = line_field("Letter or emoji", look.icon or "", "the usual sign")
        self.sign.setMaxLength(LONGEST_SIGN)
        self.hidden = Tick("Hide its issues from all lists but its own")
        self.hidden.setChecked(look.hidden)
        self.colours = QButtonGroup(self)
        swatches = QHBoxLayout()
        swatches.setSpacing(UNIT // 2)
        for token, name in zip((None, *COLOURS), _NAMES, strict=True):
            swatch = Swatch(token, name)
            swatch.setChecked(token == look.colour)
            self.colours.addButton(swatch)
            swatches.addWidget(swatch)
        swatches.addStretch(1)
        sent = ", ".join(elided(name, 40) for name in (look.name, *merged))
        self.remark = PlainLabel(f"Apps send to it as {sent}. They go on doing so, whatever it is called.")
        self.remark.setObjectName("muted")
        self.remark.setWordWrap(True)
        self.done_button, buttons = dialog_buttons(self, "Save", self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(_caption("Name"))
        layout.addWidget(self.name)
        layout.addWidget(self.remark)
        layout.addSpacing(UNIT)
        layout.addWidget(_caption("Letter or emoji"))
        layout.addWidget(self.sign)
        layout.addWidget(_caption("Colour"))
        layout.addLayout(swatches)
        layout.addWidget(self.hidden)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self.name.textChanged.connect(self._judge)
        self.name.selectAll()
        self._said = self.remark.text()

    @property
    def wish(self) -> ProjectWish:
        """What is chosen."""
        chosen = self.colours.checkedButton()
        return ProjectWish(
            name=self.name.text().strip(),
            colour=chosen.token if isinstance(chosen, Swatch) else None,
            sign=self.sign.text().strip() or None,
            hidden=self.hidden.isChecked(),
        )

    def _judge(self) -> None:
        name = self.wish.name
        is_taken = name in self._taken
        self.done_button.setEnabled(bool(name) and not is_taken)
        self.remark.setText(
            "Another project has this name. The two can be merged by the menu." if is_taken else self._said
        )

    def _confirm(self) -> None:
        if self.done_button.isEnabled():
            self.wished.emit(self.wish)
            self.accept()


def _caption(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setObjectName("muted")
    return label
