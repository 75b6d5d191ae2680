"""Frames with source from this machine, and the failing line in the editor: confirmed folders only."""

from pathlib import Path

import pytest

from app import preferences
from app.preferences import ScrubPattern
from tests.assistants.conftest import Ask, Send, stack
from tests.editors.recorder import Recorder

SOURCE = """\
def pay(card):
    key = "MINE-77"
    token = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
    return card["no"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "cart.py").write_text(SOURCE)
    return folder


@pytest.fixture
def event_id(send: Send, project: Path) -> str:
    library = {"abs_path": "/usr/lib/web.py", "filename": "web.py", "lineno": 9, "in_app": False}
    local = {"abs_path": str(project / "cart.py"), "filename": "cart.py", "lineno": 4, "function": "pay"}
    return send(
        exception=stack(library, local | {"in_app": True, "vars": {"card": "{}", "__name__": "cart"}})
    )


def test_source_is_read_below_confirmed_folders_only(
    event_id: str, ask: Ask, project: Path, tmp_path: Path
) -> None:
    text = ask("get_frames", event_id=event_id).text
    assert "return card" not in text
    assert "below no folder that the person has confirmed" in text
    preferences.change(tmp_path, source_roots=(str(project),))
    text = ask("get_frames", event_id=event_id).text
    assert '> 4 |     return card["no"]' in text
    assert f"The file here: `{project / 'cart.py'}`" in text
    assert "Source from the file on this machine" in text
    assert "card = {}" in text
    assert "__name__" not in text


def test_secrets_in_the_source_are_hidden(event_id: str, ask: Ask, project: Path, tmp_path: Path) -> None:
    preferences.change(
        tmp_path, source_roots=(str(project),), scrub_patterns=(ScrubPattern(pattern=r"MINE-\d+"),)
    )
    text = ask("get_frames", event_id=event_id).text
    assert "return card" in text
    assert "MINE" not in text
    assert "sk_live" not in text


def test_a_link_out_of_a_confirmed_folder_leads_nowhere(
    send: Send, ask: Ask, project: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("OUTSIDE = 1\n" * 5)
    (project / "link.py").symlink_to(secret)
    preferences.change(tmp_path, source_roots=(str(project),))
    for name in (project / "link.py", f"{project}/../secret.py", "/etc/passwd"):
        send(exception=stack({"abs_path": str(name), "filename": "x.py", "lineno": 2, "in_app": True}))
        text = ask("get_frames", issue=1).text
        assert "OUTSIDE" not in text
        assert "root:" not in text


def test_frames_are_chosen_by_number_and_libraries_by_a_flag(event_id: str, ask: Ask) -> None:
    assert "web.py" not in ask("get_frames", event_id=event_id).text
    whole = ask("get_frames", event_id=event_id, in_app_only=False).text
    assert "## Frame 0, of a library" in whole
    assert "## Frame 1: this is where it failed" in whole
    one = ask("get_frames", event_id=event_id, frame=0).text
    assert "web.py:9" in one
    assert "cart.py" not in one
    assert "has the frames 0 to 1" in ask("get_frames", event_id=event_id, frame=7).text


def test_the_newest_frames_stay_within_a_budget(send: Send, ask: Ask) -> None:
    frames = [
        {"filename": f"f{n}.py", "lineno": n, "in_app": True, "vars": {f"v{m}": "x" * 300 for m in range(9)}}
        for n in range(40)
    ]
    send(exception=stack(*frames))
    text = ask("get_frames", issue=1, budget=4_000).text
    assert len(text) <= 4_000
    assert "f39.py" in text
    assert "frames left out" in text


def test_nothing_is_fetched(send: Send, ask: Ask) -> None:
    address = "http://localhost:1/app.js"
    frame = {"abs_path": address, "filename": address, "lineno": 1, "colno": 1, "in_app": True}
    send(platform="javascript", exception=stack(frame))
    assert not ask("get_frames", issue=1).failed


def test_the_editor_opens_confirmed_files_only(
    event_id: str, ask: Ask, project: Path, tmp_path: Path
) -> None:
    editor = Recorder(tmp_path / "bin", "edit it")
    preferences.change(tmp_path, editor_command=f"'{editor.program}' +{{line}}:{{column}}")
    refused = ask("open_in_editor", event_id=event_id)
    assert refused.failed
    assert "below no folder from which files may be opened" in refused.text
    assert "is not on this machine" in ask("open_in_editor", event_id=event_id, frame=0).text
    assert "has the frames 0 to 1" in ask("open_in_editor", event_id=event_id, frame=5).text
    preferences.change(tmp_path, source_roots=(str(project),))
    opened = ask("open_in_editor", event_id=event_id)
    assert opened.text.endswith("Opened `cart.py:4` in `edit it`.\n")
    assert editor.arguments == [b"+4:1", str(project / "cart.py").encode()]


def test_without_a_chosen_editor_nothing_is_opened(
    event_id: str, ask: Ask, project: Path, tmp_path: Path
) -> None:
    preferences.change(tmp_path, source_roots=(str(project),))
    assert "No editor has been chosen" in ask("open_in_editor", event_id=event_id).text


def test_an_event_without_a_stack(send: Send, ask: Ask) -> None:
    send()
    assert "has no stack trace" in ask("get_frames", issue=1).text
    assert "no stack trace" in ask("open_in_editor", issue=1).text
