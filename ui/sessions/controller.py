"""Begins sessions, and goes back to earlier ones."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app import store
from app.clock import now_micros
from ui.issues.pane import IssuesPane
from ui.link.store_access import StoreAccess
from ui.places import Session
from ui.sessions.chip import SessionChip, words
from ui.widgets.mnemonic import add_action

# In the menu; more are stored.
MOST_LISTED = 10


class SessionController(QObject):
    """`chosen` carries the `Session` that is to be in force, or None."""

    chosen = Signal(object)

    def __init__(self, issues: IssuesPane, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._issues, self._store = issues, access
        self._session: Session | None = None
        self.chip = SessionChip()
        self.chip.ended.connect(lambda: self.chosen.emit(None))
        self.chip.menu_requested.connect(self.open_menu)
        issues.filter_bar.add_beside_title(self.chip)

    def begin(self) -> None:
        """Begin a session: from now on only what comes is shown."""
        now = now_micros()
        self._store.write(
            lambda connection: store.sessions.begin(connection, now),
            lambda _number: self.chosen.emit(Session(now)),
        )

    def show_session(self, session: Session | None) -> None:
        """This session is in force now."""
        self._session = session
        self.chip.show_session(session)

    def open_menu(self) -> None:
        """Choose among sessions, and what of this one is shown."""
        self._store.read(store.sessions.listed, self._open)

    def _open(self, times: list[int]) -> None:
        session, parent = self._session, self._issues
        menu = QMenu(parent)
        menu.setAccessibleName("Sessions")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction("&Begin a new session", self.begin)
        if session is not None:
            menu.addSeparator()
            whole, fresh = Session(session.since), Session(session.since, is_fresh=True)
            _check(menu.addAction("&What came since", partial(self.chosen.emit, whole)), session == whole)
            only_new = menu.addAction("Only what is &new since", partial(self.chosen.emit, fresh))
            _check(only_new, session == fresh)
        if times:
            menu.addSeparator()
        for at in times[:MOST_LISTED]:
            found = Session(at, session is not None and session.is_fresh)
            add_action(menu, words(Session(at)).capitalize(), partial(self.chosen.emit, found))
            _check(menu.actions()[-1], session is not None and session.since == at)
        if session is not None:
            menu.addSeparator()
            menu.addAction("Show &all again", partial(self.chosen.emit, None))
        chip = self.chip if self.chip.isVisible() else self._issues.filter_bar
        menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))


def _check(action: QAction, is_chosen: bool) -> None:
    action.setCheckable(True)
    action.setChecked(is_chosen)
