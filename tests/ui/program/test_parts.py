"""What there is from the first moment on."""

import msgspec
from pytestqt.qtbot import QtBot

from tests.ui.program.conftest import PATIENCE_MS
from ui.application import Application


def test_the_detail_pane_comes_with_what_serves_it(running: Application, qtbot: QtBot) -> None:
    parts = running.parts
    qtbot.waitUntil(lambda: parts.services is not None, timeout=PATIENCE_MS)
    assert parts.services is not None
    assert parts.detail is parts.services.pane
    assert msgspec.structs.replace(parts, services=None).detail is None
