"""Folders of projects: the one of a file, and where others may be."""

import json
from pathlib import Path

import pytest

from app.local_files import projects
from app.preferences import PathMap, Preferences


def make(folder: Path, marker: str = "pyproject.toml") -> Path:
    folder.mkdir(parents=True)
    (folder / marker).touch()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    "marker", [".git", "package.json", "Cargo.toml", "go.mod", "Shop.sln", "Gemfile", "pom.xml"]
)
def test_the_nearest_folder_with_a_mark(tmp_path: Path, marker: str) -> None:
    make(tmp_path / "all", ".git")
    shop = make(tmp_path / "all" / "shop", marker)
    (shop / "src" / "deep").mkdir(parents=True)
    assert projects.root_of(shop / "src" / "deep" / "x.py") == shop


def test_without_a_mark_its_own_folder_but_never_the_home_or_a_disk(home: Path) -> None:
    assert projects.root_of(home / "notes" / "x.py", home) == home / "notes"
    make(home / "dotted", ".git")
    (home / ".git").touch()
    assert projects.root_of(home / "x.py", home) is None
    assert projects.root_of(Path("/x.py"), home) is None
    assert projects.root_of(home.parent / "x.py", home) is None


def test_candidates_the_likeliest_first(home: Path, tmp_path: Path) -> None:
    confirmed = make(tmp_path / "work" / "web")
    beside = make(tmp_path / "work" / "api", ".git")
    (tmp_path / "work" / "photos").mkdir()
    mapped, opened_once = make(tmp_path / "m" / "mapped"), make(tmp_path / "o" / "once")
    in_code = make(tmp_path / "c" / "my shop")
    usual = make(home / "projects" / "blog", "package.json")
    directly = make(home / "tool", "go.mod")
    state = home / "config" / "Code" / "User" / "globalStorage" / "storage.json"
    state.parent.mkdir(parents=True)
    window = {"folder": f"file://{str(in_code).replace(' ', '%20')}"}
    state.write_text(json.dumps({"windowsState": {"lastActiveWindow": window, "openedWindows": [{}]}}))
    chosen = Preferences(
        source_roots=(str(confirmed),),
        path_maps=(PathMap(sent="/app", local=str(mapped)),),
        known_projects=(str(opened_once), str(tmp_path / "gone")),
    )
    found = list(projects.candidates(chosen, home=home, environ={"XDG_CONFIG_HOME": str(home / "config")}))
    assert found == [confirmed, mapped, opened_once, in_code, beside, usual, directly]


def test_recent_projects_of_jetbrains(home: Path) -> None:
    shop = make(home / "work" / "shop & co")
    for version, key in (("PyCharm2025.1", "/gone"), ("PyCharm2026.1", "$USER_HOME$/work/shop &amp; co")):
        file = home / "config" / "JetBrains" / version / "options" / "recentProjects.xml"
        file.parent.mkdir(parents=True)
        file.write_text(f'<application><map><entry key="{key}"><value/></entry></map></application>')
    environ = {"XDG_CONFIG_HOME": str(home / "config")}
    assert list(projects.candidates(Preferences(), home=home, environ=environ)) == [shop]


def test_a_link_leads_to_no_project(home: Path, tmp_path: Path) -> None:
    elsewhere = make(tmp_path / "elsewhere")
    (home / "src").mkdir()
    (home / "src" / "link").symlink_to(elsewhere)
    assert list(projects.candidates(Preferences(), home=home, environ={})) == []


def test_it_can_be_stopped(home: Path) -> None:
    make(home / "src" / "shop")
    assert list(projects.candidates(Preferences(), lambda: True, home, {})) == []


@pytest.mark.parametrize(
    "state", [b"{", b"[[[]]]", b'{"folder": 3}', b'{"folder": "vscode-remote://x/y"}', b"\xff"]
)
def test_a_state_of_another_form_has_no_folders(home: Path, state: bytes) -> None:
    file = home / "Cursor" / "User" / "globalStorage" / "storage.json"
    file.parent.mkdir(parents=True)
    file.write_bytes(state)
    assert list(projects.candidates(Preferences(), home=home, environ={"XDG_CONFIG_HOME": str(home)})) == []
