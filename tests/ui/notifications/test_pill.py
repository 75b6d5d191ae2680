"""A notice in one line, at the foot of the window."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.notifications.pill import NoticePill
from ui.undo_bar import UndoBar


def test_it_stays_in_its_window_and_leads_to_its_issue(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    pill = NoticePill(window)
    pill.show_notice("New in shop: " + "a long title " * 20, can_open=True)
    assert window.rect().contains(pill.geometry())
    window.resize(320, 280)
    assert window.rect().contains(pill.geometry())
    with qtbot.waitSignal(pill.opened):
        pill.show_it.click()
    assert pill.isHidden()
    pill.show_notice("3 notices", can_open=False)
    assert pill.show_it.isHidden()
    pill.close_it.click()
    assert pill.isHidden()


def test_it_covers_no_undo_whichever_comes_first(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    pill, bar = NoticePill(window), UndoBar(window)
    bar.offer_undo(1, "4 issues resolved")
    pill.show_notice("New in shop: KeyError", can_open=True)
    assert not pill.geometry().intersects(bar.geometry())
    bar.hide()
    assert pill.y() > 400
    bar.offer_undo(2, "2 issues muted")
    assert not pill.geometry().intersects(bar.geometry())
