"""Which frame of the page is meant: the one that has the focus, else the one that failed."""

from app.model import Frame
from app.protocols.event.failing_frame import choice
from ui.detail.pane import DetailPane
from ui.detail.sections.stack.frame_row import FrameRow


def meant(pane: DetailPane) -> Frame | None:
    """The frame to open; None when the event has none."""
    if pane.detail is None:
        return None
    shown = _focused(pane) or _failing(pane)
    if shown is not None:
        return shown
    return choice.of_event(pane.detail.event)


def _focused(pane: DetailPane) -> Frame | None:
    """The frame whose row, source or locals have the focus."""
    page = pane.page
    index = None if page.current is None else page.stacking.find(page.current)
    if index is None or not page.hasFocus():
        return None
    start, _ = page.stacking.span(page.stacking.section_of(index))
    for row in reversed(page.stacking.rows[start : index + 1]):
        if isinstance(row, FrameRow):
            return row.frame
    return None


def _failing(pane: DetailPane) -> Frame | None:
    """The frame that failed as the page shows it: with its original place, where a source map has it."""
    rows = (row for row in pane.page.stacking.rows if isinstance(row, FrameRow) and row.crashed)
    failing = [row.frame for row in rows]
    if not failing:
        return None
    # The raised exception is at the end that the person reads first.
    return failing[0] if pane.page.preferences.chosen.newest_first else failing[-1]
