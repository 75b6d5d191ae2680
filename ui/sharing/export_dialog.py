"""“Export”: an event as a page, or its report, with a preview of what goes and what is hidden in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import sharing
from ui.theme import UNIT, font_code, font_title
from ui.widgets.enter_key import press_with_enter
from ui.widgets.plain_label import OneLineLabel, PlainLabel
from ui.widgets.tick import Choice, Tick

if TYPE_CHECKING:  # the store is imported off the UI thread only
    from app.sharing.exports import Export
    from app.sharing.what_goes import Parts

_SIZE = (820, 620)
HTML, RAW = "html", "raw"
_PREPARING = "Looking at what goes …"


class ExportDialog(QDialog):
    """Asks and shows; the controller prepares and saves.

    `changed`: prepare what is chosen now, `form` with `parts`. `save_requested`: save what is shown.
    """

    changed = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setMinimumSize(620, 420)
        self.resize(*_SIZE)
        self.export: Export | None = None
        self.title = OneLineLabel()
        self.html = Choice("&Page (HTML): anybody can read it, Arecibo can import it")
        self.raw = Choice("&Report as it came (.arecibo), for Arecibo")
        self.locals = Tick("Locals")
        self.body = Tick("Request body")
        self.user = Tick("User")
        self.breadcrumbs = Tick("Breadcrumbs")
        self.hidden = PlainLabel(wordWrap=True)
        self.shown = QPlainTextEdit(readOnly=True)
        self.as_it_came = Tick("Export it all the same")
        self.save = QPushButton("Save …")
        self.cancel = QPushButton("Cancel")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.title.setFont(font_title())
        self.html.setChecked(True)
        forms = QButtonGroup(self)
        forms.addButton(self.html)
        forms.addButton(self.raw)
        with_parts = PlainLabel("With")
        with_parts.setObjectName("muted")
        parts = QHBoxLayout()
        parts.setSpacing(2 * UNIT)
        parts.addWidget(with_parts)
        for tick in self._ticks():
            tick.setChecked(True)
            parts.addWidget(tick)
        parts.addStretch(1)
        self.shown.setFont(font_code())
        self.shown.setAccessibleName("What goes")
        self.shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.shown.setTabChangesFocus(True)
        self.shown.setObjectName("code")
        self.save.setObjectName("primary")
        self.cancel.setObjectName("secondary")
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.as_it_came)
        buttons.addStretch(1)
        press_with_enter(self.cancel, self.save)
        for button in (self.cancel, self.save):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (3 * UNIT,)))
        column.setSpacing(int(1.5 * UNIT))
        for widget in (self.title, self.html, self.raw):
            column.addWidget(widget)
        column.addLayout(parts)
        column.addWidget(self.hidden)
        column.addWidget(self.shown, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.html.toggled.connect(self._ask_anew)
        for tick in self._ticks():
            tick.toggled.connect(self._ask_anew)
        self.as_it_came.toggled.connect(self._offer)
        self.save.clicked.connect(self.save_requested)
        self.cancel.clicked.connect(self.reject)

    def _ticks(self) -> tuple[Tick, ...]:
        return self.locals, self.body, self.user, self.breadcrumbs

    @property
    def form(self) -> str:
        """`html` or `raw`."""
        return HTML if self.html.isChecked() else RAW

    def parts(self) -> "Parts":
        """What is to go."""
        return sharing.what_goes.Parts(
            locals=self.locals.isChecked(),
            request_body=self.body.isChecked(),
            user=self.user.isChecked(),
            breadcrumbs=self.breadcrumbs.isChecked(),
        )

    def open_for(self, title: str) -> None:
        """Show it for an event of this title, and ask for what would go."""
        self.title.setText(title)
        self.show()
        self.raise_()
        self.activateWindow()
        self._ask_anew()

    def show_export(self, export: "Export") -> None:
        """This would go."""
        self.export = export
        sentences = (*export.notes, sharing.exports.hidden_text(export))
        self.hidden.setText(" ".join(sentences))
        self.shown.setPlainText(export.shown)
        self._offer()
        self.as_it_came.setVisible(not export.is_searched)

    def show_failure(self, sentence: str) -> None:
        """Nothing can go, and why."""
        self.export = None
        self.hidden.setText(sentence)
        self.shown.clear()
        self._offer()

    def _ask_anew(self) -> None:
        self.export = None
        self.as_it_came.setChecked(False)
        self.as_it_came.hide()
        self.hidden.setText(_PREPARING)
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        export = self.export
        self.save.setEnabled(export is not None and (export.is_searched or self.as_it_came.isChecked()))
