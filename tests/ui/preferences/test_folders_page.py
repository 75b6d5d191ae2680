"""Folders and path maps are added, changed, removed and put in order here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from app.preferences import PathMap
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.folders_page import FoldersPage
from ui.preferences.map_form import MapForm


@pytest.fixture
def page(chosen: PreferencesAccess, qtbot: QtBot) -> FoldersPage:
    made = FoldersPage(chosen)
    qtbot.addWidget(made)
    return made


def texts(rows: QListWidget) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count())]


def form(page: FoldersPage) -> MapForm:
    return next(found for found in page.findChildren(MapForm) if found.isVisible())


def test_each_says_whether_it_exists(
    page: FoldersPage, chosen: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    chosen.change(
        source_roots=(str(tmp_path), "/no/such"),
        path_maps=(
            PathMap(sent="/app", local="/no/such", project="shop"),
            PathMap(sent="C:\\x", local=str(tmp_path)),
        ),
    )
    page.show()
    qtbot.waitUntil(lambda: texts(page.roots) == [str(tmp_path), "/no/such   ·   not there"])
    assert texts(page.maps) == ["/app  →  /no/such   (shop)   ·   not there", f"C:\\x  →  {tmp_path}"]


def test_folders_are_added_once_and_removed(page: FoldersPage, chosen: PreferencesAccess) -> None:
    for folder in ("/a", "/b", "/a"):
        page.confirm(folder)
    assert list(chosen.chosen.source_roots) == ["/a", "/b"]
    assert not page.remove_root.isEnabled()
    page.roots.setCurrentRow(0)
    page.remove_root.click()
    assert list(chosen.chosen.source_roots) == ["/b"]


def test_maps_are_added_changed_moved_and_removed(page: FoldersPage, chosen: PreferencesAccess) -> None:
    page.show()
    page.add_map.click()
    one = form(page)
    one.sent.setText("/app")
    one.local.setText("/src")
    one.save.click()
    assert chosen.chosen.path_maps == (PathMap(sent="/app", local="/src"),)
    chosen.change(path_maps=(*chosen.chosen.path_maps, PathMap(sent="/b", local="/src/b")))
    page.maps.setCurrentRow(1)
    page.change_map.click()
    two = form(page)
    assert two.sent.text() == "/b"
    two.project.setText("web")
    two.save.click()
    page.up.click()
    assert [each.sent for each in chosen.chosen.path_maps] == ["/b", "/app"]
    assert chosen.chosen.path_maps[0].project == "web"
    assert (page.up.isEnabled(), page.down.isEnabled()) == (False, True)
    page.down.click()
    page.remove_map.click()
    assert [each.sent for each in chosen.chosen.path_maps] == ["/app"]


@pytest.mark.parametrize("act", [lambda page: page.remove_map.click(), lambda page: page.change_map.click()])
def test_nothing_is_done_with_no_row(page: FoldersPage, act: Callable[[FoldersPage], None]) -> None:
    act(page)
    assert not page.findChildren(MapForm)
