"""The quiet label has a constant width."""

from pytestqt.qtbot import QtBot

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.quiet_label import QuietLabel


def test_it_is_as_wide_as_its_widest_text(qtbot: QtBot) -> None:
    label = QuietLabel(PageTheme(), Font.SMALL)
    qtbot.addWidget(label)
    label.show_text("9 of 340", widest="340 of 340")
    width = label.sizeHint().width()
    label.show_text("340 of 340", widest="340 of 340")
    assert label.sizeHint().width() == width
    assert (label.text(), label.accessibleName()) == ("340 of 340", "340 of 340")
    label.show_text("9")
    assert label.sizeHint().width() < width
