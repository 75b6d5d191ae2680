"""What a person can do with the issue: resolve, mute, reopen, copy; and step through its events."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.model import Issue, IssueState
from app.sharing import forms
from ui.commands.keymap import keymap
from ui.detail.navigation import Navigation
from ui.detail.page.page_theme import PageTheme
from ui.detail.quiet_button import QuietButton
from ui.detail.split_button import SplitButton
from ui.theme import UNIT
from ui.widgets import icons

HEIGHT = 4 * UNIT


class ActionBar(QWidget):
    """`resolve`, `resolve_in`, `resolve_at`, `mute`, `reopen` mean the issue shown.

    `open_requested`: open the frame that has the focus, or the one that failed, in the editor.
    `copy_requested` carries the name of a form of `app.sharing.forms`, and `last_form` is the one used last;
    `compare_requested` with what: usual, previous, next, first or last. `replay_requested` means the event's
    request, `track_requested` an issue in a tracker.
    """

    resolve = Signal()
    resolve_in = Signal()
    resolve_at = Signal()
    mute = Signal()
    reopen = Signal()
    open_requested = Signal()
    copy_requested = Signal(str)
    export_requested = Signal()
    compare_requested = Signal(str)
    replay_requested = Signal()
    track_requested = Signal()

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.resolve_button = _button(theme, "Resolve", "Resolve: it is fixed", "resolve")
        self.resolve_button.clicked.connect(self.resolve)
        self.resolve_more_button = _button(theme, "", "Resolve in a release or at a commit")
        self.resolve_more_button.clicked.connect(self.open_resolve_menu)
        self.resolving = SplitButton(theme, self.resolve_button, self.resolve_more_button, self)
        self.mute_button = _button(theme, "Mute", "Mute: keep it out of the inbox", "mute")
        self.mute_button.clicked.connect(self.mute)
        self.reopen_button = _button(theme, "Reopen", "Reopen: back to the inbox", "reopen")
        self.reopen_button.clicked.connect(self.reopen)
        self.open_button = _button(theme, "", "Open in the editor", "open")
        self.open_button.clicked.connect(self.open_requested)
        self.copy_button = _button(theme, "", "Copy or export", "copy_as")
        self.last_form = forms.FIRST.name
        self.copy_button.setAccessibleName("Copy")
        self.copy_button.clicked.connect(self.open_copy_menu)
        self.more_button = _button(theme, "", "Compare, replay, create an issue …")
        self.more_button.setAccessibleName("More")
        self.more_button.clicked.connect(lambda: _open_below(self.more_menu(), self.more_button))
        self._has_releases = self._has_code = self._has_request = False
        self.navigation = Navigation(theme, self)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        # The frame of the first button begins where the page's text does.
        row.setContentsMargins(3 * UNIT, UNIT, 2 * UNIT, 0)
        row.setSpacing(UNIT // 2)
        for widget in (
            self.resolving,
            self.reopen_button,
            self.mute_button,
            self.open_button,
            self.copy_button,
            self.more_button,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.navigation)

    def _dress(self) -> None:
        self.resolve_button.setIcon(icons.icon("resolve"))
        self.resolve_more_button.setIcon(icons.icon("unfolded"))
        self.mute_button.setIcon(icons.icon("mute"))
        self.reopen_button.setIcon(icons.icon("reopen"))
        self.open_button.setIcon(icons.icon("editor"))
        self.copy_button.setIcon(icons.icon("copy"))
        self.more_button.setIcon(icons.icon("more"))

    def show_issue(
        self, issue: Issue, *, has_releases: bool, has_code: bool = False, has_request: bool = False
    ) -> None:
        """Offers what makes sense in the issue's state.

        `has_code`: git may know frames of its event; `has_request`: the event has a request to replay.
        """
        self._has_releases, self._has_code, self._has_request = has_releases, has_code, has_request
        is_open = issue.state in (IssueState.OPEN, IssueState.REGRESSED)
        is_resolved = issue.state is IssueState.RESOLVED
        self.resolving.setVisible(not is_resolved)
        self.resolve_more_button.setVisible(has_releases or has_code)
        self.mute_button.setVisible(is_open)
        self.reopen_button.setVisible(not is_open)

    def resolve_menu(self) -> QMenu:
        """Where the fix is: in a release, or at a commit."""
        menu = QMenu(self)
        in_release = menu.addAction(_with_key("Resolve in a release …", "resolve_in"), self.resolve_in.emit)
        in_release.setEnabled(self._has_releases)
        menu.addAction(_with_key("Resolve at a commit …", "resolve_at"), self.resolve_at.emit).setEnabled(
            self._has_code
        )
        return menu

    def open_resolve_menu(self) -> None:
        """Let the person choose where the fix is."""
        _open_below(self.resolve_menu(), self.resolve_more_button)

    def more_menu(self) -> QMenu:
        """What is done less often: comparing, replaying, an issue in a tracker."""
        menu = self.compare_menu()
        menu.addSeparator()
        replay = menu.addAction(_with_key("Replay the request …", "replay"), self.replay_requested.emit)
        replay.setEnabled(self._has_request)
        menu.addAction(_with_key("Create an issue in GitHub or GitLab …", "track"), self.track_requested.emit)
        return menu

    def copy_menu(self) -> QMenu:
        """The forms in which the event can be copied, the last one with its key; and the export."""
        menu = QMenu(self)
        for form in forms.FORMS:
            is_last = form.name == self.last_form
            text = _with_key(form.label, "copy_again") if is_last else form.label
            menu.addAction(text, partial(self.copy_requested.emit, form.name))
        menu.addSeparator()
        menu.addAction(_with_key("&Export …", "export"), self.export_requested.emit)
        return menu

    def open_copy_menu(self) -> None:
        """Let the person choose a form, by a key too."""
        menu = self.copy_menu()
        _open_below(menu, self.copy_button)
        menu.setActiveAction(menu.actions()[0])

    def compare_menu(self) -> QMenu:
        """What the shown event can be compared with."""
        menu = QMenu(self)
        menu.addAction(
            "Compare with what is usual for this issue", lambda: self.compare_requested.emit("usual")
        )
        for where in ("previous", "next", "first", "last"):
            action = menu.addAction(f"Compare with the {where} event")
            action.triggered.connect(lambda _checked=False, where=where: self.compare_requested.emit(where))
            action.setEnabled(self.navigation.target(where) is not None)
        return menu

    def open_compare_menu(self) -> None:
        """Let the person choose what to compare with."""
        _open_below(self.compare_menu(), self.more_button)


def _button(theme: PageTheme, text: str, tooltip: str, command: str = "") -> QuietButton:
    return QuietButton(theme, text, tooltip, command=command, height=HEIGHT)


def _open_below(menu: QMenu, button: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _with_key(text: str, command: str) -> str:
    """A menu's line with the present key of a command at its right; the command's action has that key."""
    key = keymap().shown(command)
    return f"{text}\t{key.replace('&', '&&')}" if key else text
