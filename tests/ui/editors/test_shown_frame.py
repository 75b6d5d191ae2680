"""Which frame is meant: the one that has the focus, with its source and locals, else the one that failed."""

from collections.abc import Callable

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.ui.editors.conftest import focus
from ui.detail.pane import DetailPane
from ui.detail.sections.stack.frame_row import FrameRow
from ui.editors import shown_frame


def test_the_focused_one_else_the_failing_one(
    pane: DetailPane, show: Callable[..., None], qtbot: QtBot
) -> None:
    assert shown_frame.meant(pane) is None
    show("/app/web.py", "/app/cart.py")
    meant = shown_frame.meant(pane)
    assert meant is not None
    assert meant.abs_path == "/app/cart.py"
    focus(pane, "web.py", qtbot)
    meant = shown_frame.meant(pane)
    assert meant is not None
    assert meant.abs_path == "/app/web.py"


def test_the_failing_one_is_meant_as_the_page_shows_it(
    pane: DetailPane, show: Callable[..., None], qtbot: QtBot
) -> None:
    show("/app/web.py", "/app/bundle.js")
    qtbot.waitUntil(lambda: pane.page.complete)
    for row in pane.page.stacking.rows:
        if isinstance(row, FrameRow) and row.crashed:
            row.frame = replace(row.frame, abs_path="/app/src/cart.ts", line=3)
    meant = shown_frame.meant(pane)
    assert meant is not None
    assert (meant.abs_path, meant.line) == ("/app/src/cart.ts", 3)
