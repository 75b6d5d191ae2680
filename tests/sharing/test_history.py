"""What git says of the line that failed, from a real repository."""

import subprocess
from pathlib import Path

import pytest

from app.model import Event, ExceptionInfo, Frame
from app.preferences import Preferences
from app.sharing import history
from tests.factories import make_event

AUTHOR = ["-c", "user.name=Ada `L`", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one file of one commit."""
    (tmp_path / "cart.py").write_text("def total(items):\n    return items.sum\n")
    for arguments in (["init", "-q"], ["add", "."], [*AUTHOR, "commit", "-q", "-m", "Add totals"]):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return tmp_path


def failed_in(folder: Path) -> Event:
    file = str(folder / "cart.py")
    frame = Frame(
        filename="cart.py", abs_path=file, function="total", line=2, context=((2, "    return items.sum"),)
    )
    return make_event(exceptions=(ExceptionInfo(type="E", frames=(frame,)),))


def test_it_says_who_wrote_the_line(repository: Path) -> None:
    who, commit, *_note = history.lines(failed_in(repository), Preferences(source_roots=(str(repository),)))
    assert who.startswith("cart.py:2: written by Ada `L`, ")
    assert commit.endswith(" Add totals")


def test_a_folder_that_nobody_confirmed_is_not_asked(repository: Path) -> None:
    assert history.lines(failed_in(repository), Preferences()) == ()


def test_without_a_repository_there_is_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "cart.py").write_text("def total(items):\n    return items.sum\n")
    assert history.lines(failed_in(tmp_path), Preferences(source_roots=(str(tmp_path),))) == ()
