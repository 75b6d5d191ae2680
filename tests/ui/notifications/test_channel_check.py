"""Asking whether a service is known for a URL: by the real program, and where it fails."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.notifications.channel_check import ChannelCheck

PATIENCE_MS = 30_000
Make = Callable[..., ChannelCheck]


@pytest.fixture
def make(tmp_path: Path, qapp: QApplication) -> Iterator[Make]:
    made: list[ChannelCheck] = []

    def new(*command: str) -> ChannelCheck:
        made.append(ChannelCheck(tmp_path, command=command or None))
        return made[-1]

    yield new
    for check in made:
        check.stop()


def test_one_process_answers_one_url_after_the_other(make: Make, qtbot: QtBot) -> None:
    check = make()
    check.begin()
    with qtbot.waitSignal(check.answered, timeout=PATIENCE_MS) as answered:
        check.ask("slcak://A/B/C")
    assert answered.args is not None
    assert answered.args[:2] == ["slcak://A/B/C", False]
    assert "Did you mean slack://?" in answered.args[2]
    with qtbot.waitSignal(check.answered, timeout=PATIENCE_MS) as answered:
        check.ask("json://host/path")
    assert answered.args is not None
    assert answered.args[:2] == ["json://host/path", True]


@pytest.mark.parametrize("command", [("/nowhere/none",), (sys.executable, "-c", "raise SystemExit(3)")])
def test_where_nobody_can_be_asked_the_url_counts_as_usable(
    make: Make, qtbot: QtBot, command: tuple[str, ...]
) -> None:
    check = make(*command)
    with qtbot.waitSignal(check.answered, timeout=PATIENCE_MS) as answered:
        check.ask("json://host")
    assert answered.args is not None
    assert answered.args[1] is True
