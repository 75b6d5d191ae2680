"""`export` and `import`, with a real engine."""

from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED
from tests.cli.main import run
from tests.factories import envelope
from tests.sharing.conftest import Begin
from tests.sharing.conftest import begin as begin
from tests.sharing.test_exports import EVENT_ID, SENT, post


def test_an_event_goes_into_a_file_and_comes_back(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = begin("one").settings.data_dir, begin("other").settings.data_dir
    file = tmp_path / "event.html"
    assert run(one, "export", EVENT_ID) == FAILED
    (tmp_path / "shop.envelope").write_bytes(envelope(EVENT_ID, **SENT))
    assert run(one, "import", str(tmp_path / "shop.envelope")) == DONE
    assert run(one, "export", EVENT_ID, "--output", str(file), "--without", "locals") == DONE
    assert "secret" in capsys.readouterr().err
    assert run(other, "import", str(file), str(tmp_path / "missing")) == FAILED
    printed = capsys.readouterr()
    assert "event.html was imported." in printed.out
    assert "1 of 2 files imported." in printed.out
    assert "missing is no file" in printed.err
    assert run(other, "event", EVENT_ID, "--json") == DONE
    assert '"imported":"true"' in capsys.readouterr().out


def test_markdown_goes_to_stdout(begin: Begin, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    running = begin("one")
    post(running, "/api/1/envelope/?sentry_key=shop", envelope(EVENT_ID, **SENT))
    assert run(running.settings.data_dir, "export", EVENT_ID, "--markdown") == DONE
    assert capsysbinary.readouterr().out.startswith(b"# `KeyError: 'card'`")


def test_what_nobody_can_search_goes_only_when_asked_for(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = begin("one")
    body = b'{"event_id":"%s"}\n{"type":"event"}\n{"message":"x"}\n\x00\xff' % EVENT_ID.encode()
    assert post(running, "/api/1/envelope/?sentry_key=shop", body) == 200
    folder, file = running.settings.data_dir, tmp_path / "a.arecibo"
    assert run(folder, "export", EVENT_ID, "--raw", "--output", str(file)) == FAILED
    assert "--as-it-came" in capsys.readouterr().err
    assert not file.exists()
    assert run(folder, "export", EVENT_ID, "--raw", "--output", str(file), "--as-it-came") == DONE
    assert file.read_bytes().endswith(body)


def test_without_its_preferences_nothing_goes(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = begin("one")
    post(running, "/api/1/envelope/?sentry_key=shop", envelope(EVENT_ID, **SENT))
    (running.settings.data_dir / "preferences.json").write_text("{")
    assert run(running.settings.data_dir, "export", EVENT_ID) == FAILED
    assert "preferences" in capsys.readouterr().err
