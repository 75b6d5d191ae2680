"""Every command's keys: find it, press another key, see whose it was, and take all of it back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.plain_text import plural
from ui.commands.keymap import key_text, keymap
from ui.commands.rebinding import assign, reset
from ui.commands.table import BY_NAME, COMMANDS_BY_GROUP
from ui.link.preferences_access import PreferencesAccess
from ui.theme import UNIT, font_code, font_strong, font_title
from ui.widgets.fields import FIELD_HEIGHT, line_field
from ui.widgets.plain_label import PlainLabel

_NAME = Qt.ItemDataRole.UserRole
_KEYS_WIDTH = 168
_LEAST_HEIGHT = 200


class KeysPage(QWidget):
    """`recorder` takes the new key of the chosen command; what it clashes with is said before it is used."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._items: dict[str, QTreeWidgetItem] = {}
        self.search = line_field("Find a command or a key", hint="Find a command or a key")
        self.list = _tree()
        self.recorder = QKeySequenceEdit()
        self.recorder.setAccessibleName("New key: press it here")
        self.recorder.setMaximumSequenceLength(2)
        self.recorder.setFixedHeight(FIELD_HEIGHT)
        inner = self.recorder.findChild(QLineEdit)
        if inner is not None:
            inner.setObjectName("field")
            inner.setFixedHeight(FIELD_HEIGHT)
            inner.setAccessibleName("New key: press it here")
            # Qt itself says what it recorded a second later, in case another key follows.
            inner.textChanged.connect(lambda _text: self._judge())
        self.use = _button("Use it instead", "primary")
        self.add = _button("Add it")
        self.none = _button("No key")
        self.reset = _button("Reset")
        self.reset_all = _button("Reset all keys", "flat")
        self.said = PlainLabel(wordWrap=True)
        self.said.setObjectName("muted")
        self.chosen_label = PlainLabel()
        self.chosen_label.setFont(font_strong())
        self._lay_out()
        self._fill()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        title = PlainLabel("Keys")
        title.setFont(font_title())
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.recorder, 1)
        for button in (self.none, self.reset, self.add, self.use):
            row.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addWidget(self.reset_all, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(title)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.chosen_label)
        layout.addLayout(row)
        layout.addLayout(foot)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self._access.changed.connect(self._show)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self.recorder.setFocus)
        self.list.currentItemChanged.connect(lambda _item, _before: self._choose())
        self.list.itemActivated.connect(lambda _item: self.recorder.setFocus())
        self.use.clicked.connect(lambda: self._give((self._key(),)))
        self.add.clicked.connect(lambda: self._give((*self._present(), self._key())))
        self.none.clicked.connect(lambda: self._give(()))
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(lambda: self._access.change(keys={}))

    @property
    def command(self) -> str:
        """The command that is chosen, empty without one."""
        item = self.list.currentItem()
        name = None if item is None else item.data(0, _NAME)
        return name if isinstance(name, str) else ""

    def choose(self, name: str) -> None:
        """Choose a command."""
        self.list.setCurrentItem(self._items[name])

    def _fill(self) -> None:
        for group, commands in COMMANDS_BY_GROUP.items():
            heading = QTreeWidgetItem(self.list, [group.value, ""])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFont(0, font_strong())
            for command in commands:
                item = QTreeWidgetItem(heading, [command.label, ""])
                item.setData(0, _NAME, command.name)
                item.setFont(1, font_code())
                self._items[command.name] = item
        self.list.expandAll()
        self.list.setCurrentItem(self._items["next"])

    def _show(self) -> None:
        """Show the keys that hold."""
        keymap().use(self._access.chosen.keys)
        for name, item in self._items.items():
            changed = "  · changed" if keymap().is_changed(name) else ""
            item.setText(1, "   ".join(map(key_text, keymap().keys(name))) + changed)
        self.reset_all.setEnabled(bool(self._access.chosen.keys))
        self._filter(self.search.text())
        self._choose()

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for number in range(self.list.topLevelItemCount()):
            heading = self.list.topLevelItem(number)
            assert heading is not None
            items = [item for item in map(heading.child, range(heading.childCount())) if item is not None]
            for item in items:
                row = f"{heading.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in row for word in words))
            heading.setHidden(all(item.isHidden() for item in items))
        current = self.list.currentItem()
        if current is None or current.isHidden():
            self._step(1)

    def _step(self, direction: int) -> None:
        """Choose the next command that is listed, from the first one on; or the one before."""
        listed = [item for item in self._items.values() if not item.isHidden()]
        if not listed:
            return
        current = self.list.currentItem()
        place = listed.index(current) + direction if current in listed else 0
        self.list.setCurrentItem(listed[max(0, min(place, len(listed) - 1))])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self._step(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _choose(self) -> None:
        self.recorder.clear()
        self.chosen_label.setText(BY_NAME[self.command].label if self.command else "Choose a command")
        for widget in (self.recorder, self.none):
            widget.setEnabled(bool(self.command))
        self.reset.setEnabled(keymap().is_changed(self.command))
        self._judge()

    def _key(self) -> str:
        return self.recorder.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _present(self) -> tuple[str, ...]:
        return keymap().keys(self.command)

    def _judge(self) -> None:
        """Say what using the new key means."""
        key = self._key()
        can_use = bool(key) and bool(self.command)
        self.use.setEnabled(can_use)
        self.add.setEnabled(can_use and key not in self._present())
        if not can_use:
            self.said.setText("A key may be two, one after the other: G and then I.")
            return
        owners = [BY_NAME[name].label for name in keymap().owners(key, but=self.command)]
        if owners:
            more = f" and {plural(len(owners) - 1, 'other command')}" if len(owners) > 1 else ""
            self.said.setText(f"{key_text(key)} is taken by “{owners[0]}”{more}, which will lose it.")
        else:
            self.said.setText(f"{key_text(key)} is free.")

    def _give(self, keys: tuple[str, ...]) -> None:
        changes = assign(keymap(), self._access.chosen.keys, self.command, keys)
        self._access.change(keys=changes)

    def _reset(self) -> None:
        self._access.change(keys=reset(keymap(), self._access.chosen.keys, self.command))


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("choices")
    tree.setAccessibleName("Commands and their keys")
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.setItemsExpandable(False)
    tree.setIndentation(0)
    tree.setMinimumHeight(_LEAST_HEIGHT)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
    tree.header().resizeSection(1, _KEYS_WIDTH)
    return tree


def _button(text: str, name: str = "secondary") -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
