from pathlib import Path

import pytest

from app.source import project_folder


def test_the_project_comes_before_the_files_own_folder(tmp_path: Path) -> None:
    inner = tmp_path / "shop" / "web" / "src"
    inner.mkdir(parents=True)
    (tmp_path / "shop" / ".git").mkdir()
    (tmp_path / "shop" / "web" / "package.json").touch()
    assert project_folder.choices(inner / "a.js") == (tmp_path / "shop", inner)


def test_without_a_sign_it_is_the_files_folder(tmp_path: Path) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    assert project_folder.choices(inner / "b.py") == (inner,)


def test_a_home_folder_is_none_even_with_a_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home" / "ada"
    (home / "shop").mkdir(parents=True)
    (home / ".git").mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert project_folder.choices(home / "a.py") == ()
    assert project_folder.choices(home / "shop" / "a.py") == (home / "shop",)
    assert project_folder.choices(Path("/etc/passwd")) == ()
