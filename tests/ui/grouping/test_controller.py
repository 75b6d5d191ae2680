"""Merging by key, and the dialog: its choices, the preview on the stored events, applying, cancelling."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.detail import EventDetail, read_event
from app.store.database import Database
from app.store.grouping import grouping_rules
from app.store.inbox.lists import events
from tests.regrouping.shop import Shop
from ui.grouping.choices import CORRECTIONS, Offer, suggestions
from ui.grouping.controller import GroupingController
from ui.grouping.dialog import CorrectionDialog
from ui.undo import UndoStack


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    """One issue of two regions and two messages, and one of another function."""
    shop = Shop(database, tmp_path)
    shop.send("charge", "'a'", tags={"region": "eu"})
    shop.send("charge", "'b'", tags={"region": "us"})
    shop.send("refund", "'a'")
    return shop


def shown(shop: Shop, issue: int) -> EventDetail:
    with shop.database.reading() as connection:
        pk = events.newest(connection, issue)
        assert pk is not None
        detail = read_event(connection, pk)
    assert detail is not None
    return detail


def opened(controller: GroupingController, shop: Shop, qtbot: QtBot) -> CorrectionDialog:
    controller.correct(shown(shop, 1))
    dialog = controller.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.text.count() == 2)
    return dialog


def choose(dialog: CorrectionDialog, key: str) -> None:
    dialog.what.setCurrentIndex([correction.key for correction in CORRECTIONS].index(key))


def test_merged_and_undone(controller: GroupingController, undo: UndoStack, shop: Shop, qtbot: QtBot) -> None:
    before = shop.shown()
    with qtbot.waitSignal(undo.acted) as acted:
        controller.actions.merge([2, 1])
    assert acted.args == [1, "2 issues merged"]
    assert list(shop.shown()) == [1]
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    shop.settle()
    assert shop.shown() == before


def test_one_issue_alone_is_not_merged(controller: GroupingController, shop: Shop, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.actions.refused):
        controller.actions.merge([1])
    with qtbot.waitSignal(controller.actions.refused) as message:
        controller.actions.merge([1, 404])
    assert message.args == ["There is no issue 404."]
    assert len(shop.shown()) == 2


def test_a_split_is_previewed_and_applied(controller: GroupingController, shop: Shop, qtbot: QtBot) -> None:
    dialog = opened(controller, shop, qtbot)
    assert {dialog.text.itemText(n) for n in range(2)} == {"the message: 2 parts", "the tag region: 2 parts"}
    assert not dialog.keep.isEnabled()
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    assert dialog.changes.count() == 1
    assert "1 issue would be split" in dialog.message.text()
    assert len(shop.shown()) == 2
    with qtbot.waitSignal(controller.actions.begun):
        dialog.keep.click()
    assert len(shop.shown()) == 3
    shop.settle()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert shop.shown() == shop.recounted()


def test_only_a_previewed_correction_is_applied(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    choose(dialog, "same function")
    assert dialog.text.currentText() == "charge"
    dialog.preview.click()
    qtbot.waitUntil(lambda: "missing" in dialog.message.text())
    dialog.other.setText("refund")
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    assert "1 issue would be merged" in dialog.message.text()
    dialog.text.setEditText("something else")
    assert not dialog.keep.isEnabled()


def test_cancelling_moves_events_back(
    controller: GroupingController, undo: UndoStack, shop: Shop, qtbot: QtBot
) -> None:
    before = shop.shown()
    dialog = opened(controller, shop, qtbot)
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    with qtbot.waitSignal(controller.actions.begun):
        dialog.keep.click()
    with qtbot.waitSignal(undo.undone):
        dialog.cancel.click()
    assert not dialog.isVisible()
    shop.settle()
    assert shop.shown() == before
    with shop.database.reading() as connection:
        assert grouping_rules.listed(connection) == ()


def test_suggestions_come_from_the_event(shop: Shop) -> None:
    event = shown(shop, 1).event
    by_key = {correction.key: suggestions(correction, event, Offer()) for correction in CORRECTIONS}
    assert by_key["ignore function"] == [("charge", "charge")]
    assert by_key["same type"] == [("KeyError", "KeyError")]
    assert by_key["same words"] == by_key["ignore words"] != []
    assert by_key["ignore words"] == [("'b'", "'b'")]
    assert ("the tag region", "tag:region") in by_key["apart"]


def test_closing_the_dialog_leaves_an_applied_rule(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    with qtbot.waitSignal(controller.actions.begun):
        dialog.keep.click()
    dialog.reject()
    shop.settle()
    assert len(shop.shown()) == 3
    assert shop.states() == {"done": 1}


def test_two_issues_are_merged_in_the_dialog(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    choose(dialog, "merge")
    assert [dialog.text.itemText(n) for n in range(dialog.text.count())] == ["KeyError: 'a'  ·  issue 2"]
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    assert dialog.changes.item(0).text().endswith(", with 1 event: to issue 1, “KeyError: 'b'”")
    with qtbot.waitSignal(controller.actions.begun):
        dialog.keep.click()
    assert list(shop.shown()) == [1]
    shop.settle()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert shop.shown() == shop.recounted()


def test_two_texts_are_declared_the_same_bug(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    choose(dialog, "same words")
    dialog.other.setText("'a'")
    dialog.preview.click()
    qtbot.waitUntil(dialog.keep.isEnabled)
    with qtbot.waitSignal(controller.actions.begun):
        dialog.keep.click()
    with shop.database.reading() as connection:
        assert [rule.kind for rule in grouping_rules.listed(connection)] == ["same"]


def test_a_merge_that_has_become_impossible_is_refused_with_a_reason(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    choose(dialog, "merge")
    shop.merge(1, 2)
    shop.settle()
    dialog.preview.click()
    qtbot.waitUntil(lambda: "merged into issue 1 already" in dialog.message.text())
    assert not dialog.keep.isEnabled()


def test_a_merge_that_the_dialog_did_not_begin_is_not_followed_by_it(
    controller: GroupingController, shop: Shop, qtbot: QtBot
) -> None:
    dialog = opened(controller, shop, qtbot)
    with qtbot.waitSignal(controller.actions.begun):
        controller.actions.merge([1, 2])
    shop.settle()
    assert not controller._poll.isActive()
    assert dialog.isVisible()


def test_a_preview_ends_with_the_dialog(controller: GroupingController, shop: Shop, qtbot: QtBot) -> None:
    dialog = opened(controller, shop, qtbot)
    dialog.preview.click()
    assert controller._poll.isActive()
    dialog.reject()
    assert not controller._poll.isActive()
    again = opened(controller, shop, qtbot)
    again.preview.click()
    qtbot.waitUntil(again.keep.isEnabled)
    assert "1 issue would be split" in again.message.text()
