"""A button's text is cut at its end only, and is in the tooltip then."""

from pytestqt.qtbot import QtBot

from ui.widgets.elided_button import ElidedButton


def test_a_text_without_room_is_cut_at_its_end_and_is_in_the_tooltip(qtbot: QtBot) -> None:
    button = ElidedButton("Search for a&b level:error")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    button.show()
    assert button.text() == "Search for a&&b level:error"
    assert not button.toolTip()
    wide = button.sizeHint().width()
    button.resize(wide // 2, button.height())
    assert button.text().startswith("Se")
    assert button.text().endswith("…")
    assert button.sizeHint().width() == wide, "it takes its room again as soon as there is some"
    assert "a&amp;b" in button.toolTip()
    assert button.accessibleName() == button.label() == "Search for a&b level:error"
