"""Fixtures: a project on disk, an editor that writes down how it is called, and a controller on a pane."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.preferences import Preferences
from app.store.database import Database
from tests.editors.recorder import Recorder
from tests.ui.detail.arrivals import Arrivals
from ui.detail.pane import DetailPane
from ui.editors.controller import EditorController
from ui.link.background import Background
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`shop/cart.py` and `shop/web.py` in a project below a home of its own."""
    folder = tmp_path / "home" / "projects" / "shop-api"
    for name in ("shop/cart.py", "shop/web.py", "pyproject.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(f"line {number}\n" for number in range(1, 100)))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(tmp_path / "bin", "editor")


@pytest.fixture
def messages() -> list[str]:
    """What was said about what went wrong."""
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What dialogs belong to."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def pane(access: StoreAccess, background: Background, chosen: PreferencesAccess, qtbot: QtBot) -> DetailPane:
    made = DetailPane(access, background, chosen)
    qtbot.addWidget(made)
    made.resize(760, 900)
    made.show()
    return made


@pytest.fixture
def controller(
    pane: DetailPane, chosen: PreferencesAccess, background: Background, messages: list[str]
) -> Iterator[EditorController]:
    made = EditorController(pane, pane, chosen, background, messages.append)
    yield made
    made.close()


@pytest.fixture
def show(pane: DetailPane, qtbot: QtBot, arrivals: Arrivals) -> Callable[..., None]:
    """Shows an event with frames of these files in the pane, oldest call first."""

    def shown(*files: str) -> None:
        frames = [
            {
                "abs_path": name,
                "filename": name,
                "function": f"f{n}",
                "lineno": 10 + n,
                "colno": 3,
                "in_app": True,
            }
            for n, name in enumerate(files)
        ]
        failed = {"type": "KeyError", "value": "card", "stacktrace": {"frames": frames}}
        arrivals.send(exception={"values": [failed]})
        with qtbot.waitSignal(pane.shown):
            pane.show_issue(1)

    return shown


@pytest.fixture
def arrivals(database: Database) -> Arrivals:
    return Arrivals(database)


def use(chosen: PreferencesAccess, recorder: Recorder, **fields: object) -> Preferences:
    """Choose the recording editor."""
    chosen.change(editor_command=f"'{recorder.program}' {{file}}:{{line}}:{{column}}", **fields)
    return chosen.chosen


def focus(pane: DetailPane, text: str, qtbot: QtBot) -> None:
    """Give the focus to the first thing on the page with `text` in its name."""
    page = pane.page
    page.setFocus()
    qtbot.waitUntil(lambda: page.hasFocus() and page.complete)
    place = None
    while (place := page.stacking.next_place(place, 1)) is not None:
        page.focus_on(place)
        if text in page.accessibleDescription():
            return
    pytest.fail(f"nothing on the page is named {text}")
