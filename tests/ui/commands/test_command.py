"""A command with a standard key has the platform's own keys for it, too."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from ui.commands import COMMANDS


def test_the_platforms_own_keys_work_too(qapp: QApplication) -> None:
    for name, standard in (
        ("undo", QKeySequence.StandardKey.Undo),
        ("redo", QKeySequence.StandardKey.Redo),
    ):
        (command,) = [each for each in COMMANDS if each.name == name]
        sequences = command.sequences()
        assert set(QKeySequence.keyBindings(standard)) <= set(sequences)
        assert len(sequences) == len(set(sequences))
