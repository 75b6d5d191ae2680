"""The page of the language."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.query import parser
from app.query.fields import FIELDS
from ui.issues.search.language_help import EXAMPLES, LanguageHelp


def test_every_key_is_explained(qtbot: QtBot) -> None:
    shown = LanguageHelp()
    qtbot.addWidget(shown)
    texts = {label.text() for label in shown.findChildren(QLabel)}
    assert {field.hint for field in FIELDS.values()} <= texts


def test_every_example_is_a_search() -> None:
    assert [parser.parse(written).problems for written, _meaning in EXAMPLES] == [()] * len(EXAMPLES)
