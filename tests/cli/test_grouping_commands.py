"""Merging, splitting and undoing from the command line, without an engine."""

import json
from pathlib import Path

import pytest

from app.cli import command_line
from app.regrouping import plans
from app.store.database import Database
from tests.regrouping.shop import Shop


@pytest.fixture
def shop(database: Database, tmp_path: Path) -> Shop:
    return Shop(database, tmp_path)


def run(tmp_path: Path, *arguments: str) -> int:
    return command_line.main([*arguments, "--data-dir", str(tmp_path)], lambda _settings: 0)


def test_merge_and_undo(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = shop.send("charge"), shop.send("refund")
    before = shop.shown()
    assert run(tmp_path, "merge", str(first), str(second)) == 0
    assert "1 event moved; regrouping 1" in capsys.readouterr().out
    assert list(shop.shown()) == [first]
    assert run(tmp_path, "merge", str(first), str(second)) == 1
    assert "merged into issue" in capsys.readouterr().err
    assert run(tmp_path, "regroupings", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["id"], printed["kind"], printed["state"], printed["done"], printed["total"]) == (
        1,
        "merge",
        "done",
        1,
        1,
    )
    assert run(tmp_path, "regroup", "undo", "1") == 0
    assert shop.shown() == before


def test_split_lists_differences_and_its_rule_can_be_removed(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    issue = shop.send(tags={"region": "eu"})
    shop.send(tags={"region": "us"})
    before = shop.shown()
    assert run(tmp_path, "split", str(issue)) == 0
    assert "--by region: 2 parts: us (1), eu (1)" in capsys.readouterr().out.replace(
        "eu (1), us (1)", "us (1), eu (1)"
    )
    assert run(tmp_path, "split", str(issue), "--by", "region") == 0
    assert len(shop.shown()) == 2
    capsys.readouterr()
    assert run(tmp_path, "rules", "--json") == 0
    rule = json.loads(capsys.readouterr().out)
    assert (rule["kind"], rule["words"]) == ("apart", "Always keep apart by the tag region, within an issue")
    assert run(tmp_path, "rules", "remove", str(rule["id"])) == 0
    assert shop.shown() == before
    assert run(tmp_path, "rules", "remove", str(rule["id"])) == 1
    assert run(tmp_path, "split", str(issue), "--by", "colour") == 1


def test_rule_is_previewed_and_stored_only_with_yes(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = shop.send("charge"), shop.send("refund")
    before = shop.shown()
    rule = ("rules", "add", "same", "function", "charge", "refund", "--project", "shop")
    assert run(tmp_path, *rule) == 0
    printed = capsys.readouterr().out
    assert "The functions “charge”, “refund” are the same, in shop." in printed
    assert "1 issue would be merged into others." in printed
    assert "--yes" in printed
    assert shop.shown() == before
    assert run(tmp_path, *rule, "--yes") == 0
    assert "1 event moved" in capsys.readouterr().out
    assert len(shop.shown()) == 1
    assert shop.send("refund") in (first, second)
    assert run(tmp_path, "rules", "remove", "1") == 0
    assert len(shop.shown()) == 2


def test_rules_of_each_kind(shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop.send("charge", tags={"region": "eu"})
    shop.send("charge", tags={"region": "us"})
    assert run(tmp_path, "rules", "add", "apart", "region", "--yes") == 0
    assert len(shop.shown()) == 2
    assert run(tmp_path, "rules", "add", "ignore", "function", "charge", "--yes") == 0
    assert run(tmp_path, "rules", "add", "same", "type", "KeyError", " ") == 1
    assert "two different texts" in capsys.readouterr().err
    assert run(tmp_path, "rules", "--json") == 0
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["apart", "ignore"]


def test_preview_says_how_many_events_were_not_read(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = plans.of_rule.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "most", 2)
    for function in ("charge", "refund", "cancel"):
        shop.send(function)
    assert run(tmp_path, "rules", "add", "same", "function", "refund", "cancel") == 0
    assert "Only the newest events were read: 1 older one would stay where it is." in capsys.readouterr().out
