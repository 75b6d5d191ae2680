"""Which kind of installation this is, what its version says, and how it is updated."""

from pathlib import Path

import pytest

from app.cli import installation
from app.cli.installation import Installation, Kind
from app.version import VERSION

ROOT = Path(__file__).parents[2]


def test_this_is_a_checkout_with_its_commit() -> None:
    found = installation.find()
    assert found.kind is Kind.CHECKOUT
    assert found.root == ROOT
    if (ROOT / ".git").exists():
        assert len(found.commit) == 12


@pytest.mark.parametrize(
    ("package", "beside", "kind"),
    [
        ("wheel", "pipx_metadata.json", Kind.PIPX),
        ("wheel", "uv-receipt.toml", Kind.UV),
        ("wheel", "pyvenv.cfg", Kind.PIP),
        ("folder", "pyvenv.cfg", Kind.FOLDER),
        ("deb", "pyvenv.cfg", Kind.DEBIAN),
    ],
)
def test_a_package_says_what_it_is(package: str, beside: str, kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "build.json").write_text(f'{{"package": "{package}", "commit": "abc"}}')
    (tmp_path / beside).touch()
    found = installation.find(tmp_path, tmp_path)
    assert (found.kind, found.commit) == (kind, "abc")


def test_a_damaged_file_is_a_wheels(tmp_path: Path) -> None:
    (tmp_path / "build.json").write_text("{")
    assert installation.find(tmp_path, tmp_path) == Installation(Kind.PIP, tmp_path, "")


def test_the_version_says_what_it_runs_on() -> None:
    first, second = installation.describe(Installation(Kind.DEBIAN, Path("/x"), "abc")).splitlines()
    assert first == f"Arecibo {VERSION} (abc)"
    assert "Python 3." in second
    assert "Qt 6." in second
    assert second.endswith("a Debian package in /x")
    assert installation.describe(Installation(Kind.PIP, Path("/x"), "")).startswith(f"Arecibo {VERSION}\n")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_told_how(kind: Kind) -> None:
    said = installation.how_to_update(Installation(kind, Path("/opt/a/program"), ""))
    assert kind.value in said
    assert "\n    " in said, "a command stands on a line of its own"
    assert "never looks" in said
