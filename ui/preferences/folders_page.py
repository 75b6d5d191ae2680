"""From which folders files are read and opened, and where an app's own paths are on this machine."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.plain_text import one_line
from app.preferences import PathMap
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.map_form import MapForm
from ui.theme import UNIT, font_title
from ui.widgets.plain_label import PlainLabel

_LIST_HEIGHT = 15 * UNIT
_NOT_THERE = "not there"
_ROOTS = "Files below these folders are opened and read without a question."
_MAPS = "Where the paths that an app sends are on this machine. The most precise one counts, then the order."


class FoldersPage(QWidget):
    """Two lists, each with what can be done with its rows."""

    def __init__(self, access: PreferencesAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._missing: frozenset[str] = frozenset()
        self.roots = _list("Folders of sources")
        self.maps = _list("Path maps")
        self.add_root = _button("Add a folder …", self._ask_root)
        self.remove_root = _button("Remove", self._remove_root)
        self.add_map = _button("Add …", lambda: self._edit_map(None))
        self.change_map = _button("Change …", lambda: self._edit_map(self.maps.currentRow()))
        self.remove_map = _button("Remove", self._remove_map)
        self.up = _button("Up", lambda: self._move(-1))
        self.down = _button("Down", lambda: self._move(1))
        layout = QVBoxLayout(self)
        layout.setSpacing(UNIT)
        layout.addWidget(_title("Folders"))
        layout.addWidget(_muted(_ROOTS))
        layout.addWidget(self.roots)
        layout.addLayout(_row(self.add_root, self.remove_root))
        layout.addSpacing(UNIT)
        layout.addWidget(_title("Path maps"))
        layout.addWidget(_muted(_MAPS))
        layout.addWidget(self.maps)
        layout.addLayout(_row(self.add_map, self.change_map, self.remove_map, self.up, self.down))
        layout.addStretch(1)
        for each in (self.roots, self.maps):
            each.currentRowChanged.connect(lambda _row: self._judge())
        self.maps.itemActivated.connect(lambda _item: self._edit_map(self.maps.currentRow()))
        access.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        self._look()

    def _show(self) -> None:
        chosen = self._access.chosen
        _fill(self.roots, [self._with_state(folder, folder) for folder in chosen.source_roots])
        _fill(self.maps, [self._with_state(_map_text(each), each.local) for each in chosen.path_maps])
        self._judge()
        if self.isVisible():
            self._look()

    def _with_state(self, text: str, folder: str) -> str:
        return f"{one_line(text)}   ·   {_NOT_THERE}" if folder in self._missing else one_line(text)

    def _look(self) -> None:
        """Find out beside the UI thread which of the folders exist."""
        chosen = self._access.chosen
        folders = (*chosen.source_roots, *(each.local for each in chosen.path_maps))
        self._access.background.run(lambda: _missing(folders), self._mark)

    def _mark(self, missing: frozenset[str]) -> None:
        if isValid(self) and missing != self._missing:
            self._missing = missing
            self._show()

    def _judge(self) -> None:
        row, count = self.maps.currentRow(), self.maps.count()
        self.remove_root.setEnabled(self.roots.currentRow() >= 0)
        self.change_map.setEnabled(row >= 0)
        self.remove_map.setEnabled(row >= 0)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < count - 1)

    def _ask_root(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "A folder with sources")
        if folder:
            self.confirm(folder)

    def confirm(self, folder: str) -> None:
        """Let files below `folder` be opened."""
        if folder not in self._access.chosen.source_roots:
            self._access.change(source_roots=(*self._access.chosen.source_roots, folder))

    def _remove_root(self) -> None:
        roots = list(self._access.chosen.source_roots)
        row = self.roots.currentRow()
        if 0 <= row < len(roots):
            del roots[row]
            self._access.change(source_roots=tuple(roots))

    def _edit_map(self, row: int | None) -> None:
        maps = list(self._access.chosen.path_maps)
        if row is not None and not 0 <= row < len(maps):
            return
        form = MapForm(None if row is None else maps[row], self)
        form.saved.connect(lambda path_map: self._store(row, path_map))
        form.open()

    def _store(self, row: int | None, path_map: PathMap) -> None:
        maps = list(self._access.chosen.path_maps)
        if row is None:
            maps.append(path_map)
        elif row < len(maps):
            maps[row] = path_map
        self._access.change(path_maps=tuple(maps))

    def _remove_map(self) -> None:
        maps = list(self._access.chosen.path_maps)
        row = self.maps.currentRow()
        if 0 <= row < len(maps):
            del maps[row]
            self._access.change(path_maps=tuple(maps))

    def _move(self, step: int) -> None:
        maps = list(self._access.chosen.path_maps)
        row = self.maps.currentRow()
        if 0 <= row < len(maps) and 0 <= row + step < len(maps):
            maps[row], maps[row + step] = maps[row + step], maps[row]
            self._access.change(path_maps=tuple(maps))
            self.maps.setCurrentRow(row + step)


def _missing(folders: Sequence[str]) -> frozenset[str]:
    return frozenset(folder for folder in folders if not _is_folder(folder))


def _is_folder(folder: str) -> bool:
    try:
        return Path(folder).expanduser().is_dir()
    except (OSError, ValueError, RuntimeError):
        return False


def _map_text(path_map: PathMap) -> str:
    project = f"   ({path_map.project})" if path_map.project else ""
    return f"{path_map.sent}  →  {path_map.local}{project}"


def _fill(rows: QListWidget, texts: Sequence[str]) -> None:
    """Show these texts; the row that was chosen stays."""
    row = rows.currentRow()
    rows.blockSignals(True)
    rows.clear()
    rows.addItems(list(texts))
    rows.setCurrentRow(min(row, len(texts) - 1))
    rows.blockSignals(False)


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setObjectName("choices")
    made.setAccessibleName(name)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    made.setFixedHeight(_LIST_HEIGHT)
    return made


def _button(text: str, act: "object") -> QPushButton:
    made = QPushButton(text)
    made.setObjectName("secondary")
    made.setAutoDefault(False)
    made.clicked.connect(act)
    return made


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(UNIT)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _title(text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setFont(font_title())
    return label


def _muted(text: str) -> PlainLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName("muted")
    return label
