"""`channels` and `notices` on the command line, with a real webhook: no secret is printed."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import command_line
from tests.factories import NOON, Store
from tests.notifications.factories import enter, make_happening
from tests.notifications.hooks import Webhook


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    yield hook
    hook.close()


def run(folder: Path, *arguments: str) -> int:
    return command_line.main(
        [*arguments, "--data-dir", str(folder)], lambda _settings: pytest.fail("no window was asked for")
    )


def test_channel_is_added_listed_tried_and_removed_without_printing_secrets(
    store: Store, webhook: Webhook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = webhook.url("t0psecret").replace("://", "://anna:hunter2@")
    assert run(tmp_path, "channels", "add", "hook", url) == 0
    assert run(tmp_path, "channels", "add", "hook", url) == 1
    assert run(tmp_path, "channels", "try", "hook") == 0
    assert webhook.titles() == ["A test from Arecibo"]
    webhook.status = 500
    assert run(tmp_path, "channels", "try", "hook") == 1
    said = capsys.readouterr()
    assert "There is a channel named hook already" in said.err
    assert "hook did not take it" in said.err
    assert run(tmp_path, "channels", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert list(listed) == ["id", "name", "where", "enabled", "last_sent", "last_error"]
    assert listed["where"] == webhook.url("…")
    assert listed["last_sent"] is not None
    assert "500" in listed["last_error"]
    assert run(tmp_path, "channels") == 0
    assert run(tmp_path, "channels", "remove", "hook") == 0
    everything = f"{said}{listed}{capsys.readouterr()}"
    assert not [secret for secret in ("t0psecret", "hunter2", "anna") if secret in everything]
    assert run(tmp_path, "channels", "try", "hook") == 1


def test_url_is_read_from_stdin(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("json://host/t0psecret\n"))
    assert run(tmp_path, "channels", "add", "hook", "-") == 0
    assert capsys.readouterr().out.startswith("Added hook: json://host/…")


def test_url_of_an_unknown_service_is_refused(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "channels", "add", "hook", "nothing://t0psecret") == 1
    assert "t0psecret" not in capsys.readouterr().err
    assert run(tmp_path, "channels", "--json") == 0
    assert capsys.readouterr().out == ""


def test_notices_are_listed_the_newest_first(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enter(store, make_happening(1), make_happening(1, event_id="2" * 32), now=NOON)
    assert run(tmp_path, "notices", "--json", "--limit", "1") == 0
    notice = json.loads(capsys.readouterr().out)
    names = (
        "id channel rule issue_id kind state level title body count created_at due_at attempts sent_at error"
    )
    assert list(notice) == names.split()
    assert (notice["state"], notice["channel"], notice["issue_id"]) == ("cooled", "desktop", 1)
    assert run(tmp_path, "notices") == 0
    assert "New in shop: KeyError: 1" in capsys.readouterr().out
