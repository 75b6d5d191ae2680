"""Copies, the export dialog and import, as a person uses them."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.preferences import ScrubPattern
from app.protocols import report_file
from tests.ui.sharing.conftest import PATIENCE_MS, Shared
from ui.link.preferences_access import PreferencesAccess


@pytest.mark.parametrize(
    ("form", "begin", "what"),
    [
        ("markdown", "# `KeyError: 'card'`", "Markdown copied"),
        ("text", "KeyError: 'card'", "Text copied"),
        ("test", '"""Fails as long as', "Failing test for pytest copied"),
        ("id", f"{1:032x}", "Event id copied"),
    ],
)
def test_the_event_is_copied_in_each_form(
    shared: Shared, chosen: PreferencesAccess, qtbot: QtBot, form: str, begin: str, what: str
) -> None:
    with qtbot.waitSignal(shared.pane.page.copied, timeout=PATIENCE_MS):
        shared.pane.copy_event(form)
    assert QGuiApplication.clipboard().text().startswith(begin)
    assert shared.pane.jump_bar.message.text() == what
    assert chosen.chosen.copy_form == ("markdown" if form == "id" else form)


def test_json_names_the_browser_and_hides_what_the_own_rules_find(
    shared: Shared, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    chosen.change(scrub_patterns=(ScrubPattern(pattern="K-[0-9]"),))
    with qtbot.waitSignal(shared.pane.page.copied, timeout=PATIENCE_MS):
        shared.pane.copy_event("json")
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied["user_agent"]["browser"] == "Mobile Safari"
    assert copied["request"]["body"] == {"n": "[Filtered]"}


def test_further_lines_stand_in_markdown(shared: Shared, qtbot: QtBot) -> None:
    shared.controller.further_lines = lambda _detail: ["Ada changed this line yesterday"]
    with qtbot.waitSignal(shared.pane.page.copied, timeout=PATIENCE_MS):
        shared.pane.copy_event("markdown")
    assert "Ada changed this line yesterday" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("form", ["html", "raw"])
def test_an_event_is_exported_as_it_was_previewed(
    shared: Shared, qtbot: QtBot, tmp_path: Path, form: str
) -> None:
    shared.controller.export()
    dialog = shared.controller.dialog
    assert dialog is not None
    if form == "raw":
        dialog.raw.setChecked(True)
    dialog.body.setChecked(False)
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=PATIENCE_MS)
    assert "secret is hidden: 1 in request headers" in dialog.hidden.text()
    assert "KeyError" in dialog.shown.toPlainText()
    file = tmp_path / "event"
    with qtbot.waitSignal(shared.controller.message):
        shared.controller.save(file)
    assert not dialog.isVisible()
    assert b"K-7" not in file.read_bytes()
    assert shared.messages[-1].startswith(f"Exported to {file}.")
    assert report_file.is_one(file.read_bytes()) == (form == "raw")


def test_a_place_that_cannot_be_written_is_said(shared: Shared, qtbot: QtBot, tmp_path: Path) -> None:
    shared.controller.export()
    dialog = shared.controller.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.save.isEnabled, timeout=PATIENCE_MS)
    shared.controller.save(tmp_path / "no folder" / "file")
    qtbot.waitUntil(lambda: "cannot be written" in dialog.hidden.text())


def test_files_are_imported_by_http_or_a_sentence_says_why_not(
    shared: Shared, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.json").write_text("{}")
    with qtbot.waitSignals([shared.controller.message] * 2):
        shared.controller.import_files([tmp_path / "a.json"])
    assert shared.messages == [
        "Importing 1 file …",
        "No engine runs on this data folder: start main.py, or main.py serve.",
    ]
    with qtbot.waitSignals([shared.controller.message] * 2):
        shared.controller.import_files([tmp_path / "a.json", tmp_path / "nothing"])
    assert shared.messages[-1].startswith("0 of 2 files imported. No engine runs")


def test_dropped_files_are_imported(shared: Shared, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignals([shared.controller.message] * 2):
        shared.controller.drop.dropped.emit([tmp_path / "nothing"])
    assert "nothing is no file" in shared.messages[-1]


def test_the_menu_opens_by_key_when_an_event_is_shown(shared: Shared) -> None:
    shared.controller.open_copy_menu()
    (menu,) = [each for each in shared.pane.actions_bar.findChildren(QMenu) if each.isVisible()]
    active = menu.activeAction()
    assert active is not None
    assert active.text().startswith("Copy as &Markdown")
    menu.close()
    shared.pane.show_issue(None)
    shared.controller.open_copy_menu()
    shared.controller.export()
    shared.controller.copy("markdown")
    assert shared.controller.dialog is None
