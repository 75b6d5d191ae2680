"""The window's own rule, checked in its source: text from outside reaches no widget that interprets it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ui

ROOM = Path(ui.__file__).parent
FILES = sorted(path for path in ROOM.rglob("*.py") if path.parent.name != "widgets")
# Qt decides by the text itself whether it is HTML, or reads HTML anyway. `ui.widgets` has what shows text.
INTERPRETING = {
    "QLabel", "QToolTip", "QMessageBox", "QErrorMessage", "QInputDialog", "QTextEdit", "QTextBrowser",
    "QTextDocument", "QStaticText", "QWhatsThis", "QWizard", "QProgressDialog", "QSplashScreen",
}  # fmt: skip
CALLS = {
    "setToolTip", "setHtml", "insertHtml", "appendHtml", "setTextFormat", "setWhatsThis", "setStatusTip",
    "fromHtml", "setMarkdown",
}  # fmt: skip
FORMATS = {"RichText", "AutoText", "MarkdownText"}
# Where `&` makes a key of the letter after it: only our own text, or the result of `without_mnemonic`.
MNEMONIC = {
    "QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QGroupBox", "QAction", "QMenu", "addAction",
    "addMenu", "addTab", "setTabText", "setTitle",
}  # fmt: skip
# Helpers that make a button with a given text: their callers pass only our own text.
MAKERS = {
    "issues/question_dialog.py:__init__",
    "issues/question_dialog.py:dialog_buttons", "issues/mute_menu.py:_offer",
    "doctor/first_steps.py:_button", "doctor/view.py:_button", "queue/bar.py:_button",
    "notices.py:offer", "notifications/card.py:_button", "notifications/entry.py:button",
    "editors/map_dialog.py:_button", "preferences/folders_page.py:_button",
    "preferences/undo_line.py:_button", "preferences/keys_page.py:_button",
    "notifications/dialog.py:_section", "empty_state.py:_make_tabs", "detail/action_bar.py:compare_menu",
    "detail/jump_bar.py:menu",
    "desktop/tray_icon.py:_add", "desktop_services.py:show_unread",
    "preferences/program/settings_page.py:button",
    "commands/actions.py:make_actions",
    "issues/selection/bar.py:menu", "issues/selection/menu.py:menu_of",
    "detail/action_bar.py:copy_menu", "detail/action_bar.py:resolve_menu", "detail/action_bar.py:more_menu",
    "issues/stream/tools.py:_offer", "sharing/issue_controller.py:ask_form",
}  # fmt: skip
MARKED_UP = {"connect/instructions.py"}  # our own catalogue of clients, escaped by its `as_html`


def faults(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOM).as_posix()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node, function in walk(tree):
        where = f"{name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.alias) and node.name in INTERPRETING:
            yield f"{where}: {node.name} interprets text; see ui.widgets"
        if isinstance(node, ast.alias) and node.name == "MarkedUpLabel" and name not in MARKED_UP:
            yield f"{where}: only sentences of our own are marked up"
        if isinstance(node, ast.Attribute) and node.attr in FORMATS:
            yield f"{where}: {node.attr} is not plain text"
        is_tooltip = isinstance(node, ast.Attribute) and node.attr == "ToolTipRole"
        if is_tooltip and "as_tooltip" not in path.read_text(encoding="utf-8"):
            yield f"{where}: what a model says beside the mouse goes through as_tooltip"
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in CALLS:
            yield f"{where}: {called} interprets text; see ui.widgets"
        if (
            called in MNEMONIC
            and f"{name}:{function}" not in MAKERS
            and not all(map(is_our_own, node.args[:1]))
        ):
            yield f"{where}: {called} with words that may hold an &; see ui.widgets.mnemonic"
        if called == "setWindowTitle" and not (f"{name}:{function}" in MAKERS or is_our_own(node.args[0])):
            yield f"{where}: a window's title is ours"


def walk(node: ast.AST, function: str = "") -> Iterator[tuple[ast.AST, str]]:
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.FunctionDef) else function
        yield child, function
        yield from walk(child, inner)


def is_our_own(node: ast.expr) -> bool:
    """Whether an argument holds no text from outside: a constant, a widget, a callable."""
    match node:
        case ast.Constant() | ast.Lambda():
            return True
        case ast.IfExp():
            return is_our_own(node.body) and is_our_own(node.orelse)
        case ast.JoinedStr():
            return all(not isinstance(p, ast.FormattedValue) or is_our_own(p.value) for p in node.values)
        case ast.Name():
            return node.id.isupper() or node.id in ("self", "window", "parent")
        case ast.Attribute():
            return ast.unparse(node).startswith("Q")
        case ast.Call():
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            return called in ("without_mnemonic", "QIcon", "icon")
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOM).as_posix())
def test_no_widget_that_interprets_text_is_used(path: Path) -> None:
    assert list(faults(path)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "from PySide6.QtWidgets import QLabel",
        "from PySide6.QtWidgets import QMessageBox",
        "widget.setToolTip(title)",
        "browser.setHtml(title)",
        "QPushButton(issue.title)",
        "menu.addAction(f'Copy {name}', act)",
        "dialog.setWindowTitle(issue.title)",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "Qt.ItemDataRole.ToolTipRole",
    ],
)
def test_the_check_detects_every_forbidden_use(
    bad: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.ui.test_text_is_text.ROOM", tmp_path)
    (tmp_path / "page.py").write_text(bad)
    assert list(faults(tmp_path / "page.py"))
