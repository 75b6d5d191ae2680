"""The context menu of the list: only what applies to the selected issues, each with its key."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.issues.selection.offers import Selected, offers

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
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            menu.addAction(f"{offer.label}\t{key}" if key else offer.label, action.trigger)
    return menu
