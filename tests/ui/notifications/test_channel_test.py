"""A channel is tried, in a process of its own."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.notifications.channel_test import ChannelTest

# Answers as `channels try` does, for the channel that is named last.
ANSWER = """
import sys
name = sys.argv[-1]
print("first line")
print(name, "took it" if name == "good" else "did not", file=sys.stdout if name == "good" else sys.stderr)
sys.exit(name != "good")
"""


Make = Callable[..., ChannelTest]


@pytest.fixture
def make(tmp_path: Path, qapp: QApplication) -> Iterator[Make]:
    """Makes one that runs another program; what it began has ended with the test."""
    made: list[ChannelTest] = []

    def new(*command: str) -> ChannelTest:
        made.append(ChannelTest(tmp_path, command=command))
        return made[-1]

    yield new
    for test in made:
        test.stop()


@pytest.mark.parametrize(
    ("name", "took", "message"), [("good", True, "good took it"), ("--bad", False, "--bad did not")]
)
def test_the_last_line_is_the_answer(make: Make, name: str, took: bool, message: str, qtbot: QtBot) -> None:
    test = make(sys.executable, "-c", ANSWER)
    with qtbot.waitSignal(test.answered) as answered:
        assert test.run(name)
        assert not test.run(name), "one at a time"
    assert answered.args == [name, took, message]


def test_a_test_that_hangs_is_stopped_and_reported_as_late(make: Make, qtbot: QtBot) -> None:
    test = make(sys.executable, "-c", "import time; time.sleep(600)")
    assert test.run("hook")
    with qtbot.waitSignal(test.answered) as answered:
        test.stop()
    assert answered.args == ["hook", False, "hook did not answer in time."]


def test_a_program_that_cannot_be_started_is_an_answer(make: Make, tmp_path: Path, qtbot: QtBot) -> None:
    test = make(str(tmp_path / "none"))
    with qtbot.waitSignal(test.answered) as answered:
        test.run("hook")
    assert answered.args[:2] == ["hook", False]
