"""What a person can do with the issue: resolve, mute, reopen, copy; and step through its events."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QWidget

from app.model import Issue, IssueState
from app.sharing import forms
from ui.detail.navigation import Navigation
from ui.detail.page.page_theme import PageTheme
from ui.detail.quiet_button import QuietButton
from ui.theme import UNIT
from ui.widgets import icons

COPY_KEY = "Ctrl+Shift+C"
EXPORT_KEY = "Ctrl+Shift+E"


class ActionBar(QWidget):
    """`resolve`, `resolve_in`, `resolve_at`, `mute`, `reopen` mean the issue shown.

    `open_requested`: open the frame that has the focus, or the one that failed, in the editor.
    `copy_requested` carries the name of a form of `app.sharing.forms`, and `last_form` is the one used last;
    `compare_requested` with what: usual, previous, next, first or last.
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

    def __init__(self, theme: PageTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 0)
        row.setSpacing(UNIT // 2)
        self.resolve_button = QuietButton(theme, "Resolve", "Resolve: it is fixed (E)", parent=self)
        self.resolve_button.clicked.connect(self.resolve)
        self.resolve_in_button = QuietButton(
            theme, "in …", "Resolve in a release: older ones do not bring it back (Shift+E)", parent=self
        )
        self.resolve_in_button.setAccessibleName("Resolve in a release")
        self.resolve_in_button.clicked.connect(self.resolve_in)
        self.resolve_at_button = QuietButton(
            theme,
            "at …",
            "Resolve at a commit: builds without it do not bring it back (Ctrl+E)",
            parent=self,
        )
        self.resolve_at_button.setAccessibleName("Resolve at a commit")
        self.resolve_at_button.clicked.connect(self.resolve_at)
        self.mute_button = QuietButton(theme, "Mute", "Mute: keep it out of the inbox (M)", parent=self)
        self.mute_button.clicked.connect(self.mute)
        self.reopen_button = QuietButton(theme, "Reopen", "Reopen: back to the inbox (Shift+O)", parent=self)
        self.reopen_button.clicked.connect(self.reopen)
        self.open_button = QuietButton(theme, "", "Open in the editor (O)", parent=self)
        self.open_button.clicked.connect(self.open_requested)
        self.copy_button = QuietButton(
            theme, "", f"Copy or export (Y); again as before: {COPY_KEY}", parent=self
        )
        self.last_form = forms.FIRST.name
        self.copy_button.setAccessibleName("Copy")
        self.copy_button.clicked.connect(self.open_copy_menu)
        self.compare_button = QuietButton(theme, "", "Compare this event (Shift+C)", parent=self)
        self.compare_button.setAccessibleName("Compare")
        self.compare_button.clicked.connect(self.open_compare_menu)
        self.more_button = QuietButton(theme, "", "More to do", parent=self)
        self.more_button.clicked.connect(lambda: _open_below(self.more_menu(), self.more_button))
        self.navigation = Navigation(theme, self)
        self._offered = {
            self.resolve_button: True,
            self.resolve_in_button: True,
            self.resolve_at_button: True,
            self.mute_button: True,
            self.reopen_button: True,
            self.open_button: True,
            self.copy_button: True,
            self.compare_button: True,
        }
        # Where there is no room for all, these go into a menu, the first one first.
        self._giving_way = (
            self.compare_button,
            self.resolve_at_button,
            self.resolve_in_button,
            self.open_button,
        )
        for widget in (*self._offered, self.more_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.navigation)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row = row
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.resolve_button.setIcon(icons.icon("resolve"))
        self.mute_button.setIcon(icons.icon("mute"))
        self.reopen_button.setIcon(icons.icon("reopen"))
        self.open_button.setIcon(icons.icon("editor"))
        self.copy_button.setIcon(icons.icon("copy"))
        self.compare_button.setIcon(icons.icon("compare"))
        self.more_button.setIcon(icons.icon("more"))
        self._fit()

    def show_issue(self, issue: Issue, *, has_releases: bool, has_code: bool = False) -> None:
        """Offers what makes sense in the issue's state; `has_code`: git may know frames of its event."""
        is_open = issue.state in (IssueState.OPEN, IssueState.REGRESSED)
        can_resolve = issue.state is not IssueState.RESOLVED
        self._offered |= {
            self.resolve_button: can_resolve,
            self.resolve_in_button: has_releases and can_resolve,
            self.resolve_at_button: has_code and can_resolve,
            self.mute_button: is_open,
            self.reopen_button: not is_open,
        }
        self._fit()

    def more_menu(self) -> QMenu:
        """What is offered, and has no room in the bar."""
        menu = QMenu(self)
        for button in self._offered:
            if self._offered[button] and button.isHidden():
                menu.addAction(button.accessibleName(), button.click)
        return menu

    def _fit(self) -> None:
        """Show what is offered, as far as there is room."""
        shown = [button for button, is_offered in self._offered.items() if is_offered]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.navigation.sizeHint().width()
        for button in self._giving_way:
            if self._width(shown) <= room:
                break
            if button in shown:
                shown.remove(button)
                if self.more_button not in shown:
                    shown.append(self.more_button)
        for button in (*self._offered, self.more_button):
            button.setVisible(button in shown)
        self._row.activate()

    def _width(self, buttons: Sequence[QuietButton]) -> int:
        """How wide these are at least, with the gap after each."""
        return sum(button.minimumSizeHint().width() + self._row.spacing() for button in buttons)

    def minimumSizeHint(self) -> QSize:
        # What has no room gives way: the pane may be narrower than all of it.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()  # the place among the events may have become wider
        return super().event(event)

    def copy_menu(self) -> QMenu:
        """The forms in which the event can be copied, the last one with its key; and the export."""
        menu = QMenu(self)
        for form in forms.FORMS:
            key = f"\t{COPY_KEY}" if form.name == self.last_form else ""
            menu.addAction(f"{form.label}{key}", partial(self.copy_requested.emit, form.name))
        menu.addSeparator()
        menu.addAction(f"&Export …\t{EXPORT_KEY}", self.export_requested.emit)
        return menu

    def open_copy_menu(self) -> None:
        """Let the person choose a form, by a key too."""
        menu = self.copy_menu()
        _open_below(menu, self._shown(self.copy_button))
        menu.setActiveAction(menu.actions()[0])

    def compare_menu(self) -> QMenu:
        """What the shown event can be compared with."""
        menu = QMenu(self)
        menu.addAction("With what is usual for this issue", lambda: self.compare_requested.emit("usual"))
        for where in ("previous", "next", "first", "last"):
            action = menu.addAction(f"With the {where} event")
            action.triggered.connect(lambda _checked=False, where=where: self.compare_requested.emit(where))
            action.setEnabled(self.navigation.target(where) is not None)
        return menu

    def open_compare_menu(self) -> None:
        """Let the person choose what to compare with."""
        _open_below(self.compare_menu(), self._shown(self.compare_button))

    def _shown(self, button: QuietButton) -> QuietButton:
        """The button, or the one whose menu it is in."""
        return self.more_button if button.isHidden() else button


def _open_below(menu: QMenu, button: QWidget) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
