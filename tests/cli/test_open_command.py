"""`main.py open` without a terminal: what it opens, and what it says where it would have to ask."""

from pathlib import Path

import pytest

from app import preferences
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.digest.pipeline import Digest
from app.settings import Settings
from tests.cli.main import run
from tests.editors.recorder import Recorder
from tests.factories import Store, append, envelope, make_report


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "cart.py").write_text("1\n2\n3\n")
    return folder


@pytest.fixture
def sent(store: Store, project: Path, tmp_path: Path) -> str:
    """An event whose frame is in `project`."""
    frames = [
        {"abs_path": "/gone/web.py", "filename": "web.py", "lineno": 1, "in_app": True},
        {"abs_path": str(project / "cart.py"), "filename": "cart.py", "lineno": 3, "in_app": True},
    ]
    failed = {"type": "KeyError", "value": "card", "stacktrace": {"frames": frames}}
    return filed(store, tmp_path, exception={"values": [failed]})


def filed(store: Store, tmp_path: Path, **event: object) -> str:
    event_id = "a" * 32
    report = make_report(1, event_id=event_id, body=envelope(event_id, **event))
    append(store.database, report)
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    return report.event_id


def test_a_file_below_a_confirmed_folder_in_the_chosen_editor(
    sent: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    editor = Recorder(tmp_path / "bin", "edit it")
    template = f"'{editor.program}' +{{line}}:{{column}}"
    preferences.change(tmp_path, source_roots=(str(project),), editor_command=template)
    assert run(tmp_path, "open", sent) == DONE
    assert editor.arguments == [b"+3:1", str(project / "cart.py").encode()]
    assert capsys.readouterr().out == "Opened cart.py:3 in edit it.\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "below no folder"),
        (("--frame", "0"), "/gone/web.py is not on this machine"),
        (("--frame", "2"), "frames 0"),
    ],
)
def test_where_it_would_have_to_ask_it_says_what_to_do(
    sent: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert run(tmp_path, "open", sent, *arguments) == FAILED
    assert says in capsys.readouterr().err


def test_an_editor_that_cannot_start_is_the_environments_fault(
    sent: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preferences.change(tmp_path, source_roots=(str(project),), editor_command=str(tmp_path / "gone"))
    assert run(tmp_path, "open", sent) == ENVIRONMENT_ERROR
    assert "cannot be started" in capsys.readouterr().err
    preferences.change(tmp_path, editor_command="edit '")
    assert run(tmp_path, "open", sent) == ENVIRONMENT_ERROR
    assert "quote" in capsys.readouterr().err


def test_without_a_choice_it_starts_no_editor(
    sent: str,
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    editor = Recorder(tmp_path / "bin", "code")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    preferences.change(tmp_path, source_roots=(str(project),))
    assert run(tmp_path, "open", sent) == ENVIRONMENT_ERROR
    assert "No editor has been chosen yet" in capsys.readouterr().err
    assert not editor.was_called


def test_no_event_no_stack_and_no_number(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "open", filed(store, tmp_path, message="boom", exception=None)) == FAILED
    assert "no stack trace" in capsys.readouterr().err
    assert run(tmp_path, "open", "0" * 32) == FAILED
    assert "There is no event" in capsys.readouterr().err
    with pytest.raises(SystemExit) as wrong:
        run(tmp_path, "open", "1", "--frame", "-1")
    assert wrong.value.code == USAGE_ERROR
