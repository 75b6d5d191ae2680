"""`main.py forward`: no key is ever printed."""

import io
from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED
from app.engine import address
from app.engine.address import EngineAddresses
from app.store.forwarding import forwarded_reports
from tests.cli.main import rows, run
from tests.factories import NOON, Store, make_report

DSN = "https://k3ytok3n@errors.example.org/1"


def test_a_target_is_added_listed_paused_resumed_and_removed(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(tmp_path, "forward") == DONE
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{DSN}\n"))
    assert run(tmp_path, "forward", "add", "shop", "-") == DONE
    assert run(tmp_path, "forward", "add", "shop", DSN) == FAILED
    store.write(forwarded_reports.add, [make_report(1)], NOON)
    said = capsys.readouterr()
    assert "secrets in them go, too" in said.out
    assert "are passed on to https://…@errors.example.org/1 already" in said.err
    assert run(tmp_path, "forward", "--json") == DONE
    (told,) = rows(capsys)
    assert (told["project"], told["where"], told["enabled"], told["waiting"]) == (
        "shop",
        "https://…@errors.example.org/1",
        True,
        1,
    )
    for act, word in (("pause", "Paused"), ("resume", "Resumed"), ("remove", "Removed")):
        assert run(tmp_path, "forward", "list") == DONE
        assert run(tmp_path, "forward", "log", "shop") == DONE
        assert run(tmp_path, "forward", act, "shop") == DONE
        out = capsys.readouterr().out
        assert word in out
        assert "k3ytok3n" not in out
    assert run(tmp_path, "forward", "pause", "shop") == FAILED
    assert "k3ytok3n" not in f"{said}{told}{capsys.readouterr()}"


def test_the_log_says_what_became_of_each(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, "forward", "add", "shop", DSN)
    store.write(forwarded_reports.add, [make_report(1), make_report(2)], NOON)
    capsys.readouterr()
    assert run(tmp_path, "forward", "log", "--json", "--limit", "1") == DONE
    (told,) = rows(capsys)
    assert (told["report_id"], told["state"], told["project"]) == (2, "waiting", "shop")
    assert run(tmp_path, "forward", "log", "other") == FAILED


def test_this_engine_itself_is_refused(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address.write(tmp_path, EngineAddresses(url="http://127.0.0.1:4711", spotlight="http://127.0.0.1:4712"))
    for port in (4711, 4712):
        assert run(tmp_path, "forward", "add", "shop", f"http://k@localhost:{port}/1") == FAILED
    assert "round in a circle" in capsys.readouterr().err
    assert run(tmp_path, "forward", "add", "shop", "nonsense") == FAILED
