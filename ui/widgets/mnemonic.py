"""Text from outside on buttons and in menus, where Qt reads `&` as a key, and a tab as a column."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.plain_text import elided
from ui.widgets.tooltip import set_tooltip

LONGEST_TEXT = 80


def without_mnemonic(text: str, limit: int = LONGEST_TEXT) -> str:
    """`text` on one short line, every `&` shown as such."""
    return elided(text, limit).replace("&", "&&")


def add_action(menu: QMenu, text: str, act: Callable[[], object]) -> QAction:
    """Add a line to `menu` that shows `text`, whatever it contains, and runs `act`."""
    action = menu.addAction(without_mnemonic(text), act)
    # Without one, Qt makes a tooltip of the text as it is.
    set_tooltip(action, elided(text, LONGEST_TEXT))
    return action
