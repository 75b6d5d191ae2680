"""The context menu of the list: only what applies to the selected issues, each with its key."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.commands.keymap import keymap
from ui.issues.selection.offers import Offer, Selected, offers
from ui.widgets.mnemonic import without_mnemonic

# These are about one issue that is not resolved.
_RESOLVING = ("resolve_in", "resolve_at")


def menu_of(
    selected: Selected, names: Sequence[str], actions: Mapping[str, QAction], parent: QWidget
) -> QMenu:
    """A menu of those of the commands `names` that apply; what is about one issue only, for one."""
    menu = QMenu(parent)
    menu.setAccessibleName("Selected issues")
    offered = {offer.command: offer for offer in offers(selected)}
    for name in names:
        action, offer = actions.get(name), offered.get(name)
        if action is None:
            continue
        if offer is None:
            if selected.is_one and (name not in _RESOLVING or offered["resolve"].applies):
                menu.addAction(action)
        elif offer.applies:
            menu.addAction(line_of(offer), action.trigger)
    return menu


def line_of(offer: Offer) -> str:
    """The line of a menu for this offer, with its key."""
    key = keymap().shown(offer.command)
    label = without_mnemonic(offer.label)
    return f"{label}\t{without_mnemonic(key)}" if key else label
