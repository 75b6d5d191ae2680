"""The window's own label shows any text as it is, of any length."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.widgets.mnemonic import without_mnemonic
from ui.widgets.plain_label import MOST_LINES, OneLineLabel, PlainLabel
from ui.widgets.tooltip import as_tooltip


def test_markup_is_text(qtbot: QtBot) -> None:
    label = PlainLabel("<b>bold</b>\u202e", wordWrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert QLabel.text(label) == "<b>bold</b>‹202E›"
    assert label.text() == "<b>bold</b>\u202e", "it knows what it was given"


def test_a_long_word_does_not_widen_a_wrapped_label(qtbot: QtBot) -> None:
    label = PlainLabel("w" * 10_000, wordWrap=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 1_000
    label.setText("x\n" * 1_000)
    assert QLabel.text(label).count("\n") == MOST_LINES - 1


def test_a_one_line_label_shrinks_and_has_the_rest_in_its_tooltip(qtbot: QtBot) -> None:
    label = OneLineLabel()
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    label.setText("<img src=x> " + "word " * 40)
    assert label.minimumSizeHint().width() == 0
    assert QLabel.text(label).endswith("…")
    assert "&lt;img" in label.toolTip()
    label.setText("short")
    assert (QLabel.text(label), label.toolTip()) == ("short", "")


def test_tooltips() -> None:
    assert as_tooltip("Undo (Z)") == "Undo (Z)"
    for text in ("<b>x</b>", "a &amp; b", "w" * 500):
        tooltip = as_tooltip(text)
        assert tooltip.startswith('<p style="white-space: pre-wrap">')
        assert "<b>" not in tooltip
    assert len(as_tooltip("<" * 100_000)) < 10_000


def test_ampersands_make_no_keys() -> None:
    assert without_mnemonic("a & b\tc\nd") == "a && b c d"
