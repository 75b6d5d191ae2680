"""Redoing rules and splits applies them to the events stored then."""

from pathlib import Path

from app.digest.grouping.rules import RulePart, Same
from app.regrouping import splits
from app.store.database import Database
from tests.regrouping.shop import Shop
from tests.ui.undoing import Back, Do
from ui.grouping.actions import GroupingActions
from ui.undo import UndoStack


def test_redoing_a_rule_applies_it_to_the_events_stored_then(
    shop: Shop,
    undo: UndoStack,
    of_grouping: GroupingActions,
    do: Do,
    back: Back,
    refusal: Do,
) -> None:
    plan = shop.plan(Same(RulePart.FUNCTION, ("f1", "f2")))
    do(lambda: of_grouping.apply(plan, "rule", "Grouping rule kept"))
    shop.settle()
    ruled = shop.shown()
    assert len(ruled) == 8
    back()
    assert "are being moved just now; try again" in refusal(undo.redo)
    shop.settle()
    assert len(shop.shown()) == 9
    assert do(undo.redo) == "Grouping rule kept"
    shop.settle()
    assert shop.shown() == ruled == shop.recounted()


def test_a_split_is_redone(
    database: Database, tmp_path: Path, undo: UndoStack, of_grouping: GroupingActions, do: Do, back: Back
) -> None:
    shop = Shop(database, tmp_path)
    shop.send("charge", tags={"region": "eu"})
    shop.send("charge", tags={"region": "us"})
    with database.reading() as connection:
        plan = shop.plan(splits.apart(connection, 1, "tag:region"), 1)
    do(lambda: of_grouping.apply(plan, "split", "Issue split"))
    shop.settle()
    assert len(shop.shown()) == 2
    back()
    shop.settle()
    assert len(shop.shown()) == 1
    do(undo.redo)
    shop.settle()
    assert len(shop.shown()) == 2
    assert shop.shown() == shop.recounted()
