"""Files of some names in a project: one bounded walk."""

from pathlib import Path

import pytest

from app.local_files import project_index


def make(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def test_by_name_the_shallow_ones_first(tmp_path: Path) -> None:
    make(tmp_path, "a/b/cart.py", "cart.py", "a/web.py", "other.py")
    assert project_index.find(tmp_path, {"cart.py", "web.py", "none.py"}) == {
        "cart.py": [("cart.py",), ("a", "b", "cart.py")],
        "web.py": [("a", "web.py")],
    }


def test_other_peoples_code_and_links_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path / "p", "node_modules/x/cart.py", ".git/cart.py", "venv/lib/cart.py", "real/x.py")
    make(tmp_path, "outside/cart.py")
    (tmp_path / "p" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "p" / "cart.py").symlink_to(tmp_path / "outside" / "cart.py")
    assert project_index.find(tmp_path / "p", {"cart.py"}) == {}


def test_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, *(f"d{number}/cart.py" for number in range(20)))
    assert project_index.find(tmp_path, {"cart.py"}, lambda: True) == {}
    monkeypatch.setattr(project_index, "MOST_OF_A_NAME", 3)
    assert len(project_index.find(tmp_path, {"cart.py"})["cart.py"]) == 3
    monkeypatch.setattr(project_index, "MOST_ENTRIES", 20)
    assert project_index.find(tmp_path, {"cart.py"}) == {}
    assert project_index.find(tmp_path / "gone", {"cart.py"}) == {}
