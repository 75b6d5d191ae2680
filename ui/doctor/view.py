"""The doctor's page: runs the examination of `app.doctor` while the page is visible, and shows its result.

An examination connects to the engine's own port and takes up to a second: it runs off the UI thread, and
the doorbell's rings start one every two seconds at most. Changes without a ring, such as a refusal or a port
that closes, are found by an examination every few seconds while the page is visible.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import doctor as engine_doctor
from app.settings import Settings
from ui import doctor
from ui.link.store_access import StoreAccess, sentence_for
from ui.link.throttle import Throttle
from ui.theme import UNIT, appearance, font_title
from ui.widgets import icons
from ui.widgets.plain_label import PlainLabel
from ui.widgets.ticking import ticker
from ui.widgets.tooltip import set_tooltip
from ui.wording import ago

if TYPE_CHECKING:
    from app.doctor.examination import Examination
    from app.store.database import Connection
    from ui.doctor.page import DoctorPage

PAUSE_MS = 2_000
EXAMINE_EVERY = timedelta(seconds=5)

Examine = Callable[["Connection"], "Examination"]
# The same where there is no store to be read; takes the sentence with the reason.
ExamineWithout = Callable[[str], "Examination"]


def examining(settings: Settings) -> Examine:
    """How this engine is examined; run it off the UI thread."""

    def examine(connection: "Connection") -> "Examination":
        return engine_doctor.examination.examine(connection, settings, now=datetime.now(UTC))

    return examine


def examining_without_store(settings: Settings) -> ExamineWithout:
    """How this engine is examined where its store cannot be read; run it off the UI thread."""

    def examine(why: str) -> "Examination":
        return engine_doctor.examination.examine_without_store(settings, why, now=datetime.now(UTC))

    return examine


class DoctorView(QWidget):
    """Examines while it is visible. `examined`: an examination has arrived on the page."""

    examined = Signal()
    connect_requested = Signal()
    test_requested = Signal()
    page: "DoctorPage"

    def __init__(
        self,
        store: StoreAccess,
        examine: Examine,
        examine_without: ExamineWithout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._examine = examine
        self._examine_without = examine_without
        self._taken_at: datetime | None = None
        self._url = ""
        self._throttle = Throttle(self._ask, PAUSE_MS, self)
        ticker().ticked.connect(self._grow_old)
        self.summary = PlainLabel(wordWrap=True)
        self.summary.setObjectName("muted")
        self.check = _button("Check again", "again")
        self.check.clicked.connect(self.check_again)
        self.connect_button = _button("Connect an app", "connect")
        self.connect_button.clicked.connect(self.connect_requested)
        self._has_page = False
        self._divider = QWidget()
        self._divider.setObjectName("divider")
        self._divider.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._divider.setFixedHeight(1)
        policy = self._divider.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._divider.setSizePolicy(policy)
        self._lay_out()
        self._divide(0)
        appearance().themeChanged.connect(self.show_icons)
        self.show_icons()

    def _lay_out(self) -> None:
        title = PlainLabel("Doctor")
        title.setFont(font_title())
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(title)
        heading.addWidget(self.summary)
        line = QHBoxLayout()
        line.setContentsMargins(UNIT * 2 + 4, UNIT * 2, UNIT * 2 + 4, UNIT)
        line.setSpacing(UNIT)
        line.addLayout(heading, 1)
        for button in (self.connect_button, self.check):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(line)
        self._column.addWidget(self._divider)
        self._column.addStretch()

    def show_icons(self) -> None:
        """Set the icons, in the theme's colours."""
        self.check.setIcon(icons.icon("again"))
        self.check.setIconSize(icons.BEFORE_TEXT)
        if self._has_page:
            self.page.first_steps.show_icons()

    def ring(self) -> None:
        """The store has changed: examine again while visible, and not too often."""
        if self.isVisible():
            self._throttle.request()

    def check_again(self) -> None:
        """Examine now, as a person has asked for it."""
        if self.isVisible() and not self._throttle.is_working:
            self.summary.setText("Checking …")
            self._throttle.request_now()

    def answer(self, text: str) -> None:
        """Show what came of the test error."""
        if self._has_page:
            self.page.first_steps.answer(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_page()
        self.check_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._throttle.forget()

    def _make_page(self) -> None:
        if self._has_page:
            return
        # Most sessions never see it.
        self._has_page = True
        self.page = doctor.page.DoctorPage()
        self.page.hide()
        self.page.first_steps.connect_requested.connect(self.connect_requested)
        self.page.first_steps.test_requested.connect(self.test_requested)
        self.page.sheet.verticalScrollBar().valueChanged.connect(self._divide)
        self._column.insertWidget(2, self.page, 1)
        self.setFocusProxy(self.page)
        self.show_icons()

    def _divide(self, scrolled: int) -> None:
        self._divider.setVisible(scrolled > 0)

    def _ask(self) -> None:
        self._store.read(self._examine, self._arrive, self._fail)

    def _arrive(self, found: "Examination") -> None:
        self._throttle.finished()
        self._taken_at, self._url = found.taken_at, found.url
        self.page.show_examination(found)
        self.page.show()
        # The first steps have this button already.
        self.connect_button.setVisible(self.page.first_steps.isHidden())
        self._show_age()
        self.examined.emit()

    def _fail(self, error: BaseException) -> None:
        without = self._examine_without
        if without is not None:
            why = sentence_for(error)
            self._store.run(lambda: without(why), self._arrive, self._give_up)
        else:
            self._give_up(error)

    def _give_up(self, error: BaseException) -> None:
        self._throttle.finished()
        self.summary.setText("The last check could not be made.")
        self._store.report_problem(error)

    def _grow_old(self) -> None:
        if self.isVisible() and not self._throttle.is_working and self._taken_at is not None:
            self._show_age()
            self.page.callers.list.viewport().update()
            self.page.refused.list.viewport().update()
            # Negative, when the clock has been set back.
            if not timedelta() <= datetime.now(UTC) - self._taken_at < EXAMINE_EVERY:
                self.ring()

    def _show_age(self) -> None:
        if self._taken_at is not None:
            self.summary.setText(f"Checked {ago(self._taken_at)} · {self._url.partition('://')[2]}")


def _button(text: str, command: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName("secondary")
    set_tooltip(button, text, command)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
