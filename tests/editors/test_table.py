"""Every editor's arguments: the whole table, written down once more by hand."""

import pytest

from app.editors import table, template
from app.editors.editor import Editor

FILE = "/src/a b;$(x).py"
GOTO = ["--goto", f"{FILE}:42:7"]
COLONS = [f"{FILE}:42:7"]
PLUS = ["+42:7", FILE]
LINE_ONLY = ["+42", FILE]
VIM = ["+42", "+silent! call cursor(42,7)", FILE]
JETBRAINS = ["--line", "42", "--column", "6", FILE]
LONG = ["--line", "42", "--column", "7", FILE]
NEOVIM = "execute('drop ' . fnameescape('/src/a b;$(x).py')) . cursor(42,7)"
ARGUMENTS = {
    **dict.fromkeys(("code", "code-insiders", "cursor", "windsurf", "codium", "positron"), GOTO),
    **dict.fromkeys(("zed", "sublime", "pulsar", "lapce", "helix"), COLONS),
    **dict.fromkeys(
        "idea pycharm webstorm goland rubymine phpstorm clion rider rustrover datagrip studio".split(),
        JETBRAINS,
    ),
    **dict.fromkeys(("gnome-text-editor", "gedit", "bbedit", "kakoune", "micro", "emacs"), PLUS),
    **dict.fromkeys(("kate", "kwrite"), LONG),
    **dict.fromkeys(("nvim", "vim"), VIM),
    **dict.fromkeys(("xed", "pluma", "joe"), LINE_ONLY),
    "nvim-server": ["--headless", "--server", "/run/nvim", "--remote-expr", NEOVIM],
    "emacsclient": ["-n", *PLUS],
    "emacs-terminal": ["-nw", *PLUS],
    "gvim": ["--remote-silent", "+call cursor(42,7)", FILE],
    "neovide": [FILE, "--", "+42", "+call cursor(42,7)"],
    "mousepad": ["--line=42", "--column=7", FILE],
    "geany": ["--line", "42", "--column", "6", FILE],
    "qtcreator": ["-client", f"{FILE}:42:6"],
    "textmate": ["--line", "42:7", FILE],
    "notepad++": ["-n42", "-c7", FILE],
    "nano": ["+42,7", FILE],
    "xcode": ["--line", "42", FILE],
    "visual-studio": ["/Edit", FILE, "/Command", "Edit.GoTo 42"],
    "mcedit": [f"{FILE}:42"],
}


@pytest.mark.parametrize("editor", table.EDITORS, ids=lambda editor: editor.key)
def test_its_arguments(editor: Editor) -> None:
    values = template.values(FILE, 42, 7, server="/run/nvim")
    assert template.fill(editor.arguments, values) == ARGUMENTS[editor.key]


def test_keys_are_unique_and_found() -> None:
    assert len({editor.key for editor in table.EDITORS}) == len(table.EDITORS) == len(ARGUMENTS)
    assert all(table.named(editor.key) is editor for editor in table.EDITORS)
    assert table.named("ed") is None


@pytest.mark.parametrize("editor", table.EDITORS, ids=lambda editor: editor.key)
def test_a_name_with_a_dash_is_no_option(editor: Editor) -> None:
    values = template.values("/-rf", None, None, server="/run/nvim")
    with_name = [word for word in template.fill(editor.arguments, values) if "-rf" in word]
    assert with_name
    assert all(word.startswith(("/", "execute('")) for word in with_name)


def test_a_quote_ends_no_string_of_vim() -> None:
    values = template.values("/a'|call system('id')|'", 1, 1)
    assert values["vim_string"] == "'/a''|call system(''id'')|'''"


def test_emacs_connects_to_no_other_machine() -> None:
    assert template.values("/ssh:root@host:/etc", 1, 1)["emacs_file"] == "/:/ssh:root@host:/etc"
    assert template.values("/src/a:b.py", 1, 1)["emacs_file"] == "/src/a:b.py"


@pytest.mark.parametrize(
    ("program", "key"),
    [
        ("/usr/bin/code", "code"),
        ("pycharm.sh", "pycharm"),
        ("VIM.EXE", "vim"),
        ("nvim", "nvim"),
        ("C:\\x\\subl.exe", "sublime"),
    ],
)
def test_a_command_names_its_editor(program: str, key: str) -> None:
    editor = table.called(program)
    assert editor is not None
    assert editor.key == key


def test_an_unknown_command_names_none() -> None:
    assert table.called("ed") is None
