"""“Notifications”: channels and rules are added, changed, tried and removed, and each can be undone."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.happenings import Kind
from app.model import Level
from app.notifications import directory
from app.notifications.rules import QuietHours, Rule
from app.store.notices import channels
from tests.factories import NOON, Store
from ui.link.store_access import StoreAccess
from ui.notifications.channel_form import ChannelForm
from ui.notifications.channel_test import ChannelTest
from ui.notifications.dialog import NotificationsDialog
from ui.notifications.rule_form import RuleForm
from ui.notifications.rule_text import sentence
from ui.theme import Theme
from ui.undo import UndoStack
from ui.undo_bar import UndoBar, UndoBars

# Answers as `channels try` does, for the channel that is named last.
ANSWER = """
import sys
name = sys.argv[-1]
print(name, "says so", file=sys.stdout if name == "good" else sys.stderr)
sys.exit(name != "good")
"""


@pytest.fixture
def dialog(
    access: StoreAccess, undo: UndoStack, tmp_path: Path, qtbot: QtBot
) -> Iterator[NotificationsDialog]:
    trial = ChannelTest(tmp_path, command=(sys.executable, "-c", ANSWER))
    made = NotificationsDialog(access, undo, trial)
    qtbot.addWidget(made)
    UndoBars(undo, made, made)
    with qtbot.waitExposed(made):
        made.open()
    qtbot.waitUntil(lambda: len(made.rules) == 1)
    yield made
    trial.stop()


def click(widget: QWidget, text: str) -> None:
    (button,) = [each for each in widget.findChildren(QPushButton) if each.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def add_channel(dialog: NotificationsDialog, name: str, url: str, qtbot: QtBot) -> None:
    before = len(dialog.channels)
    click(dialog, "Add a channel")
    (form,) = dialog.findChildren(ChannelForm)
    QTest.keyClicks(form.name, name)
    assert not form.save.isEnabled()
    QTest.keyClicks(form.url, url)
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.channels) == before + 1)


def bar(dialog: NotificationsDialog) -> UndoBar:
    found = dialog.findChild(UndoBar)
    assert isinstance(found, UndoBar)
    return found


def everything_said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_channel_is_added_shown_without_its_secrets_and_removed_and_undone(
    dialog: NotificationsDialog, undo: UndoStack, store: Store, qtbot: QtBot
) -> None:
    add_channel(dialog, "hook", "json://anna:hunter2@host/t0psecret", qtbot)
    assert "json://host/… · nothing sent yet" in everything_said(dialog)
    assert "hunter2" not in everything_said(dialog)
    click(dialog.channels[0], "Remove")
    qtbot.waitUntil(lambda: dialog.channels == [])
    assert store.read(directory.all_channels) == []
    undo.undo()
    qtbot.waitUntil(lambda: len(dialog.channels) == 1)
    undo.undo()
    qtbot.waitUntil(lambda: dialog.channels == [])


def test_editing_preserves_the_url_that_is_not_shown(
    dialog: NotificationsDialog, store: Store, qtbot: QtBot
) -> None:
    add_channel(dialog, "hook", "json://host/t0psecret", qtbot)
    click(dialog.channels[0], "Edit")
    (form,) = [each for each in dialog.findChildren(ChannelForm) if each.isVisible()]
    assert form.url.text() == ""
    assert "t0psecret" not in form.url.placeholderText()
    QTest.keyClicks(form.name, " 2")
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "hook 2" in everything_said(dialog))
    (channel,) = store.read(directory.all_channels)
    assert (channel.name, channel.url) == ("hook 2", "json://host/t0psecret")


@pytest.mark.parametrize("url", ["nonsense", "json://", "://host", "json://a b"])
def test_an_invalid_url_cannot_be_saved(url: str, qtbot: QtBot) -> None:
    form = ChannelForm()
    qtbot.addWidget(form)
    form.name.setText("hook")
    form.url.setText(url)
    assert not form.save.isEnabled()


def test_a_name_that_is_taken_is_reported(dialog: NotificationsDialog, store: Store, qtbot: QtBot) -> None:
    add_channel(dialog, "hook", "json://host", qtbot)
    dialog.acts.add_channel("hook", "json://other")
    qtbot.waitUntil(lambda: "There is a channel named hook already" in everything_said(bar(dialog)))
    assert len(store.read(directory.all_channels)) == 1


def test_switching_off_and_on(
    dialog: NotificationsDialog, undo: UndoStack, store: Store, qtbot: QtBot
) -> None:
    add_channel(dialog, "hook", "json://host", qtbot)
    for entry in (dialog.channels[0], dialog.rules[0]):
        with qtbot.waitSignal(undo.acted):
            QTest.mouseClick(entry.switch, Qt.MouseButton.LeftButton)
    assert not store.read(directory.all_channels)[0].enabled
    assert not store.read(directory.all_rules)[0].enabled
    undo.undo()
    qtbot.waitUntil(lambda: store.read(directory.all_rules)[0].enabled)


@pytest.mark.parametrize(("name", "answer"), [("good", "good says so"), ("-bad", "-bad says so")])
def test_a_channel_is_tried_and_its_answer_is_shown(
    dialog: NotificationsDialog, qtbot: QtBot, name: str, answer: str
) -> None:
    add_channel(dialog, name, "json://host", qtbot)
    click(dialog.channels[0], "Try it")
    assert dialog.channels[0].trouble.text() == "Sending a test …"
    qtbot.waitUntil(lambda: dialog.channels[0].trouble.text() == answer)


def test_a_last_error_is_shown(dialog: NotificationsDialog, store: Store, qtbot: QtBot) -> None:
    added = store.write(directory.add_channel, "hook", "json://host")
    store.write(channels.record_outcome, added.id, error="It is full.", now=NOON)
    dialog.refresh()
    qtbot.waitUntil(lambda: "It is full." in everything_said(dialog))


def test_a_rule_is_edited_with_its_summary_updated(
    dialog: NotificationsDialog, store: Store, qtbot: QtBot
) -> None:
    add_channel(dialog, "hook", "json://host", qtbot)
    click(dialog.rules[0], "Edit")
    (form,) = [each for each in dialog.findChildren(RuleForm) if each.isVisible()]
    for box in (form.kinds[Kind.NEW], form.counts[100], *form.channels.values(), form.quiet):
        QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    form.level.setCurrentText("warning")
    form.projects.setText("shop, mail,shop,")
    form.environments.setText("production")
    form.begins.setTime(QTime(23, 30))
    form.most.setValue(5)
    summary = form.summary.text()
    assert summary == (
        "Tells the desktop and hook of resolved ones that come back and ones seen 100 times of shop or mail "
        "in production, level warning and worse. At most 5 an hour, an issue once in 5 min. "
        "Quiet from 23:30 until 8:00."
    )
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.rules[0].summary.text() == summary)
    (hook,), (stored,) = store.read(directory.all_channels), store.read(directory.all_rules)
    assert stored.rule == Rule(
        kinds=(Kind.REGRESSED,),
        counts=(100,),
        projects=("shop", "mail"),
        level=Level.WARNING,
        environments=("production",),
        channels=(hook.id,),
        quiet=QuietHours(23 * 60 + 30, 8 * 60),
        most_per_hour=5,
    )


def test_a_rule_without_a_name_or_an_event_cannot_be_saved(qtbot: QtBot) -> None:
    form = RuleForm("", Rule(), {})
    qtbot.addWidget(form)
    assert not form.save.isEnabled()
    form.name.setText("mine")
    assert form.save.isEnabled()
    for box in form.kinds.values():
        box.setChecked(False)
    assert not form.save.isEnabled()
    assert form.summary.text() == "Tells of nothing."


@pytest.mark.parametrize(
    ("counts", "message"), [((1,), "ones seen once"), ((1, 10), "ones seen 1 or 10 times")]
)
def test_event_counts_as_text(counts: tuple[int, ...], message: str) -> None:
    assert f"of {message}, level" in sentence(Rule(kinds=(), counts=counts), {})


def test_a_new_rule_is_added_and_removed(
    dialog: NotificationsDialog, undo: UndoStack, store: Store, qtbot: QtBot
) -> None:
    click(dialog, "Add a rule")
    (form,) = dialog.findChildren(RuleForm)
    QTest.keyClicks(form.name, "mine")
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.rules) == 2)
    click(dialog.rules[1], "Remove")
    qtbot.waitUntil(lambda: len(dialog.rules) == 1)
    undo.undo()
    qtbot.waitUntil(lambda: [rule.name for rule in store.read(directory.all_rules)][1:] == ["mine"])


def test_no_text_is_cut_off_in_either_theme(
    dressed: Theme, dialog: NotificationsDialog, store: Store, qtbot: QtBot
) -> None:
    added = store.write(directory.add_channel, "hook", "json://host")
    store.write(channels.record_outcome, added.id, error="It is full. " * 20, now=NOON)
    dialog.resize(dialog.minimumSize())
    dialog.refresh()
    qtbot.waitUntil(lambda: len(dialog.channels) == 1)
    entry = dialog.channels[0]
    qtbot.waitUntil(
        lambda: entry.trouble.height() >= entry.trouble.heightForWidth(entry.trouble.width()) > 20
    )
    assert dialog.grab().toImage().pixelColor(2, 2) == dressed.window
