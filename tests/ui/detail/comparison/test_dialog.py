"""The window of a comparison."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.issue_overview.differences import Part
from ui.detail.comparison.dialog import ComparisonDialog
from ui.detail.comparison.sections import PartSection
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess


def test_it_says_what_is_compared_and_escape_closes_it(
    access: StoreAccess, background: Background, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    dialog = ComparisonDialog(background.run, access.read, chosen)
    qtbot.addWidget(dialog)
    dialog.show_wait("Two events")
    assert (dialog.title.text(), dialog.sides.text()) == ("Two events", "Reading …")
    part = Part(name="Tags", differing=(), equal=(("a", "b"),))
    dialog.show_parts("left and right", [PartSection(part, dialog.page)])
    assert dialog.sides.text() == "left and right"
    assert "no difference" in dialog.page.text()
    QTest.keyClick(dialog.page, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
