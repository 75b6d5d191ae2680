"""Shows an event that is not the newest of its issue, from a link or beside one that was deleted."""

from PySide6.QtCore import QObject

from ui.program.parts import Parts


class ShownEvents(QObject):
    """Brings the window and its detail pane to an event."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts

    def show(self, issue_id: int, pk: int) -> None:
        """Show an event, once its issue's newest has been shown."""
        pane = self._parts.detail
        if pane is not None:

            def show(_shown: int) -> None:
                if pane.detail is None or pane.detail.issue.id != issue_id:
                    return
                pane.shown.disconnect(show)
                if pane.detail.pk != pk:
                    pane.show_event(pk)

            pane.shown.connect(show)
            if pane.detail is not None and pane.detail.issue.id == issue_id:
                show(pane.detail.pk)
        self._parts.wayfinder.show_issue(issue_id)

    def leave(self, pk: int) -> None:
        """Show the event beside the one that was deleted; with its only event, an issue leaves the list."""
        pane = self._parts.detail
        shown = None if pane is None else pane.detail
        if pane is not None and shown is not None and shown.pk == pk:
            beside = shown.place.next or shown.place.previous
            if beside is not None:
                pane.forget([shown.issue.id])
                pane.show_event(beside)
