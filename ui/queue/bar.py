"""The bars above the queue's list and text: the tabs with their numbers, and the buttons for acts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.queue.snapshot import Snapshot, Tab
from ui.theme import UNIT, font_body
from ui.widgets.tooltip import set_tooltip
from ui.wording import count


class TabBar(QWidget):
    """The tabs."""

    tab_chosen = Signal(Tab)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = {tab: _button(tab.value, "tab", checkable=True) for tab in Tab}
        self._counts: dict[Tab, int] = {}
        self._is_narrow = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT + 2, 0, UNIT * 2 + 4, UNIT)
        layout.setSpacing(UNIT // 2)
        group = QButtonGroup(self)
        for tab, button in self.tabs.items():
            group.addButton(button)
            layout.addWidget(button)
            button.clicked.connect(lambda _checked=False, tab=tab: self.tab_chosen.emit(tab))
        layout.addStretch(1)

    def show_numbers(self, found: Snapshot) -> None:
        """Show how many rows each tab has."""
        self._counts = {tab: found.count(tab) for tab in Tab}
        self._name_tabs()

    def set_narrow(self, is_narrow: bool) -> None:
        """Show only the names, where there is little room."""
        self._is_narrow = is_narrow
        self._name_tabs()

    def _name_tabs(self) -> None:
        for tab, button in self.tabs.items():
            number = 0 if self._is_narrow else self._counts.get(tab, 0)
            button.setText(f"{tab.value}  {count(number)}" if number else tab.value)

    def show_tab(self, tab: Tab) -> None:
        """Mark the tab that is shown."""
        self.tabs[tab].setChecked(True)


class ActBar(QWidget):
    """Buttons for what is selected: only those that apply to the tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retry = _button("Retry", tip="Try the selected reports again", command="again")
        self.retry_all = _button("Retry all", tip="Try everything that failed again", command="again_all")
        self.discard = _button("Discard", tip="Give the selected reports up", command="discard")
        self.run = _button("Run now", tip="Run the selected job now", command="again")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, UNIT // 2, UNIT * 2, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        for button in (self.retry, self.retry_all, self.discard, self.run):
            layout.addWidget(button)
        layout.addStretch(1)

    def offer(self, tab: Tab, *, can_act: bool, any_failed: bool) -> None:
        """Show what can be done in `tab`: with the selected rows, and with all that failed or was refused."""
        failed, refused = tab in (Tab.WAITING, Tab.DEAD), tab is Tab.REFUSED
        self.retry.setVisible(failed or refused)
        self.retry.setEnabled(can_act)
        what = "refused requests" if refused else "reports"
        set_tooltip(self.retry, f"Try the selected {what} again", "again")
        set_tooltip(
            self.retry_all, f"Try everything that {'was refused' if refused else 'failed'} again", "again_all"
        )
        self.discard.setVisible(failed)
        self.discard.setEnabled(can_act)
        self.retry_all.setVisible(failed or refused)
        self.retry_all.setEnabled(any_failed)
        self.run.setVisible(tab is Tab.JOBS)
        self.run.setEnabled(can_act)
        self.setVisible(failed or refused or tab is Tab.JOBS)


def _button(
    text: str, name: str = "secondary", *, tip: str = "", command: str = "", checkable: bool = False
) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setFont(font_body())
    button.setCheckable(checkable)
    set_tooltip(button, tip, command)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
