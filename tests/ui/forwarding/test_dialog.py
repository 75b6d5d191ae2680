"""The dialog of what is passed on: says where, how it goes and that secrets go, and shows no key."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.clock import now_micros
from app.store.forwarding.forwards import Forward
from ui.forwarding.dialog import ForwardingDialog
from ui.widgets.plain_label import PlainLabel
from ui.widgets.row_list import ROW

TARGET = Forward(
    id=3,
    project_id=1,
    project="shop",
    dsn="https://k3ytok3n@errors.example.org/1",
    enabled=True,
    created_at=0,
    after_report=0,
    waiting=2,
    waiting_bytes=9,
    sent=7,
    not_sent=0,
    failures=0,
    next_try_at=0,
    limits={},
    last_sent=None,
    last_error=None,
)


def shown(dialog: ForwardingDialog) -> tuple[str, str]:
    row = dialog.list.rows.index(0).data(ROW)
    return row.title, row.where


def test_it_says_how_it_goes(qtbot: QtBot) -> None:
    dialog = ForwardingDialog()
    qtbot.addWidget(dialog)
    dialog.open_for("shop")
    assert "secrets in them go, too" in " ".join(each.text() for each in dialog.findChildren(PlainLabel))
    dialog.show_targets([TARGET])
    assert shown(dialog) == ("shop → https://…@errors.example.org/1", "on · 7 sent · 2 waiting")
    failing = replace(TARGET, failures=1, next_try_at=now_micros() + 60_000_000, not_sent=1, last_error="No.")
    dialog.show_targets([failing])
    assert shown(dialog)[1].startswith("next try at ")
    assert shown(dialog)[1].endswith("1 report not sent · No.")
    dialog.show_targets([replace(TARGET, enabled=False)])
    assert shown(dialog)[1].startswith("paused")
    with qtbot.waitSignal(dialog.switch_requested) as switched:
        dialog.switch.click()
    assert switched.args == [3, True]
    with qtbot.waitSignal(dialog.remove_requested) as removed:
        dialog.remove.click()
    assert removed.args == [3]
    dialog.show_targets([])
    assert dialog.selected is None
    assert not dialog.remove.isVisible()


def test_the_form(qtbot: QtBot) -> None:
    dialog = ForwardingDialog()
    qtbot.addWidget(dialog)
    dialog.open_for("shop")
    assert not dialog.add_button.isEnabled()
    dialog.dsn.setText(" https://k@h/1 ")
    with qtbot.waitSignal(dialog.add_requested) as added:
        dialog.add_button.click()
    assert added.args == ["shop", "https://k@h/1"]
    dialog.show_refusal("It has no key.")
    assert dialog.message.text() == "It has no key."
    dialog.show_added("shop")
    assert dialog.dsn.text() == ""
