"""The command for a place, in the editor that a person has chosen."""

from pathlib import Path

import pytest

from app.editors import opening, table
from app.editors.editor import Found
from app.editors.launch import EditorFailed
from app.editors.opening import ChosenEditor
from app.editors.template import TemplateError
from app.local_files.locate import LocalFile
from app.preferences import Preferences
from tests.editors.recorder import Recorder
from tests.editors.test_discovery import FakeMachine

PLACE = LocalFile(path=Path("/src/a b.py"), line=42, column=7, root=Path("/src"))


def chosen(key: str, *command: str) -> ChosenEditor:
    editor = table.named(key)
    assert editor is not None
    return opening.of_found(Found(editor=editor, command=command))


def test_the_chosen_editor_is_found_again(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    program = machine.install("code")
    editor = opening.chosen_editor(Preferences(editor="code"), machine)
    assert editor == chosen("code", program)
    assert opening.command(editor, PLACE) == [program, "--goto", "/src/a b.py:42:7"]


def test_one_that_is_gone_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EditorFailed, match=r"Zed was chosen .* preferences"):
        opening.chosen_editor(Preferences(editor="zed"), FakeMachine(tmp_path))


def test_none_was_chosen(tmp_path: Path) -> None:
    assert opening.chosen_editor(Preferences(), FakeMachine(tmp_path)) is None


def test_a_command_of_ones_own(tmp_path: Path) -> None:
    machine = FakeMachine(tmp_path)
    mine = Preferences(editor_command="ed -p '> ' +{line} {file}", editor_in_terminal=True)
    editor = opening.chosen_editor(mine, machine)
    assert editor is not None
    assert editor.is_own_template
    command = opening.command(editor, PLACE, {"TERMINAL": "/bin/sh"}, here=True)
    assert command == ["ed", "-p", "> ", "+42", "/src/a b.py"]
    with pytest.raises(TemplateError):
        opening.chosen_editor(Preferences(editor_command="ed '"), machine)


def test_in_a_terminal_of_its_own_or_in_this_one(tmp_path: Path) -> None:
    terminal = FakeMachine(tmp_path).install("myterm")
    editor = chosen("nano", "/usr/bin/nano")
    alone = ["/usr/bin/nano", "+42,7", "/src/a b.py"]
    assert opening.command(editor, PLACE, {"TERMINAL": terminal}) == [terminal, "-e", *alone]
    assert opening.command(editor, PLACE, {}, here=True) == alone


@pytest.mark.parametrize(
    ("key", "says"), [("nvim-server", "No Neovim listens"), ("emacsclient", "server-start")]
)
def test_a_server_that_is_not_there(tmp_path: Path, key: str, says: str) -> None:
    with pytest.raises(EditorFailed, match=says):
        opening.command(chosen(key, "x"), PLACE, {"XDG_RUNTIME_DIR": str(tmp_path), "TMPDIR": str(tmp_path)})


@pytest.mark.parametrize("key", ["nvim-server", "gvim"])
def test_a_line_break_ends_no_command_line(key: str) -> None:
    at = LocalFile(path=Path("/src/a\ncall system('id')"))
    with pytest.raises(EditorFailed, match="control characters"):
        opening.command(chosen(key, "x"), at, {})


def test_it_starts_in_the_projects_folder(tmp_path: Path) -> None:
    file = tmp_path / "shop" / "cart.py"
    file.parent.mkdir()
    file.touch()
    recorder = Recorder(tmp_path / "bin")
    editor = chosen("code", str(recorder.program))
    opening.start(editor, LocalFile(path=file, line=3, root=tmp_path)).check(30)
    assert recorder.arguments == [b"--goto", f"{file}:3:1".encode()]
    assert recorder.folder == tmp_path
    opening.run_here(editor, LocalFile(path=file))
    assert recorder.folder == file.parent


def test_a_place_in_few_words() -> None:
    assert opening.described(PLACE) == "a b.py:42"
    assert opening.described(LocalFile(path=Path("/a\x1b[31mb"))) == "ab"
