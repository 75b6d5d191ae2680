"""An exported report, opened as a desktop does: imported, and shown, by an engine that is started for it."""

from pathlib import Path

import pytest

from app.cli import command_line, show_report
from app.cli.exit_codes import DONE, FAILED, USAGE_ERROR
from app.desktop.app_link import AppLink
from app.settings import Settings
from tests.cli.main import run
from tests.factories import envelope
from tests.sharing.test_exports import EVENT_ID, SENT


@pytest.fixture
def report(tmp_path: Path) -> Path:
    body = envelope(EVENT_ID, **SENT)
    head = (
        "POST /api/1/envelope/ HTTP/1.1\r\nArecibo-Report: 1\r\nArecibo-Project: shop\r\n"
        f"Arecibo-Event-Id: {EVENT_ID}\r\nArecibo-Received-At: 2026-11-23T14:05:12Z\r\n"
        f"Arecibo-Protocol: sentry.envelope\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    file = tmp_path / "a report.arecibo"
    file.write_bytes(head.encode() + body)
    return file


@pytest.mark.parametrize("form", ["path", "address"])
def test_it_is_shown_where_no_engine_runs(
    form: str, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    shown: list[AppLink] = []

    def show(_settings: Settings, link: AppLink) -> int:
        shown.append(link)
        return DONE

    named = str(report) if form == "path" else report.as_uri()
    arguments = ["--data-dir", str(tmp_path / "data"), "--port", "0", named]
    assert command_line.main(arguments, lambda _settings: pytest.fail("no list"), show) == DONE
    assert shown == [AppLink(event_id=EVENT_ID)]
    assert run(tmp_path / "data", "event", EVENT_ID) == DONE


def test_a_file_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "x.arecibo")
    arguments = ["--data-dir", str(tmp_path / "data"), "--port", "0", missing]
    assert command_line.main(arguments, lambda _settings: DONE, lambda _s, _l: DONE) == FAILED
    assert "is no file" in capsys.readouterr().err
    several = ["import", "--show", missing, missing, "--data-dir", str(tmp_path / "data")]
    assert command_line.main(several, lambda _settings: DONE) == USAGE_ERROR


def test_an_argument_of_a_command_is_not_taken_for_one(tmp_path: Path) -> None:
    assert command_line._report_alone(["export", "0" * 32, "--output", "x.arecibo"]) is None
    assert command_line._report_alone(["--port", "x.arecibo"]) is None
    assert command_line._report_alone(["--port", "0", "x.ARECIBO"]) == "x.ARECIBO"


def test_an_address_has_its_path() -> None:
    assert show_report.local_path(Path("file:///a%20b/c.arecibo")) == Path("/a b/c.arecibo")
    assert show_report.local_path(Path("a%20b.arecibo")) == Path("a%20b.arecibo")
