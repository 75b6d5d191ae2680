"""Which frame is meant: the one that has the focus, with its source and locals, else the one that failed."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.editors.conftest import focus
from ui.detail.pane import DetailPane
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
