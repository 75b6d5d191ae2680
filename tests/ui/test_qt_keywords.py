"""The window opens with any system language.

PySide6 makes `setInterval` of `QTimer(interval=5)` by the C library's `toupper`. In Turkish
that turns no `i` into an `I`, and the call raises `AttributeError`.
"""

import ast
from pathlib import Path

import ui

ROOM = Path(ui.__file__).parent


def test_no_constructor_gets_a_property_that_begins_with_i() -> None:
    calls = [
        (file.relative_to(ROOM), call)
        for file in ROOM.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_bytes()))
        if isinstance(call, ast.Call) and _makes_a_qt_object(call)
    ]
    assert len(calls) > 100, "the calls were found"
    bad = [f"{file}:{call.lineno}" for file, call in calls if _first_letters(call) & {"i"}]
    assert bad == []


def _makes_a_qt_object(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    return name == "super().__init__" or (name.startswith("Q") and name.isidentifier())


def _first_letters(call: ast.Call) -> set[str]:
    return {(keyword.arg or "**")[0] for keyword in call.keywords}
