"""Whether anything may move by itself: asked by whatever would, once a person or the desktop said no."""

import configparser
from functools import cache
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QProgressBar

# GTK's own files: what Qt reads of the desktop leaves this out.
_GTK_FILES = ("gtk-4.0/settings.ini", "gtk-3.0/settings.ini")
_EFFECTS = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip)


class Motion:
    """`is_reduced`: nothing moves by itself."""

    def __init__(self) -> None:
        self.is_reduced = False
        self._flash_time: int | None = None

    def choose(self, app: QApplication, *, reduced: bool) -> None:
        """Reduce motion if the person wants it so, or the desktop is set so."""
        self.is_reduced = reduced or not desktop_animates(_config_folder())
        if self._flash_time is None:
            self._flash_time = app.cursorFlashTime()
        app.setCursorFlashTime(0 if self.is_reduced else self._flash_time)
        for effect in _EFFECTS:
            app.setEffectEnabled(effect, False)


@cache
def motion() -> Motion:
    """The one `Motion` of this program."""
    return Motion()


def show_busy(bar: QProgressBar) -> None:
    """Let `bar` say that something is under way; nobody knows how far it is."""
    # A range of nothing makes Qt move a piece to and fro: a full bar stands still.
    bar.setRange(0, 1 if motion().is_reduced else 0)
    bar.setValue(bar.maximum())


def desktop_animates(folder: Path) -> bool:
    """Whether the desktop whose settings are in `folder` lets anything move; without a word of it, yes."""
    for name in _GTK_FILES:
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        try:
            parser.read(folder / name, "utf-8")
            return parser.getboolean("Settings", "gtk-enable-animations")
        except (configparser.Error, ValueError, OSError):
            continue
    return True


def _config_folder() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation))
