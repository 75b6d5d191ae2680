"""All that git says about an event, and why it says nothing."""

from pathlib import Path
from threading import Event as Stop

import pytest

from app.git import examine, frames
from app.git.command import Stopped
from app.git.examine import Window
from app.model import from_micros
from app.preferences import Preferences
from tests.factories import make_event
from tests.git.a_repository import CART, DAY, FIRST_COMMIT, ARepository, event_at


def _at(day: float) -> int:
    """In microseconds, so many days after the repository was begun; its nth commit is on the nth day."""
    return int((FIRST_COMMIT + day * DAY) * 1_000_000)


def _roots(folder: Path) -> Preferences:
    return Preferences(source_roots=(str(folder),))


def test_blame_suspects_and_changes(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    shop.write("main.py", "import cart")
    first = shop.commit("First")
    shop.git("tag", "v1.0")
    shop.write("cart.py", *CART[:9], "return prices[card]", *CART[10:])
    second = shop.commit("Ask for the card", author="Grace")
    event = event_at(file, 10, at=_at(2.5))
    shop.write("cart.py", "import prices", *CART[:9], "return prices[card]", *CART[10:])
    shop.commit("Later")
    file.write_text(file.read_text() + "more\n")

    window = Window(before=event.received_at, after=from_micros(_at(0.5)), after_release="1.0")
    found = examine.examine(frames.of_event(event, _roots(shop.root)), None, event.received_at, window)
    assert (found.problem, found.root) == ("", shop.root)
    assert found.line is not None
    assert found.line.blamed is not None
    assert found.line.blamed.commit.hash == second
    # The first one is in the release before it.
    assert [(each.commit.hash, each.why) for each in found.suspects] == [(second, "wrote the failing line")]
    assert found.window == "since 1.0, the release before it"
    (changed,) = found.changed
    assert (changed.name, changed.commits, changed.newest[10:]) == ("cart.py", 1, "Later")
    assert changed.saved_at is not None
    assert examine.summary(found) == f"Grace, {second[:9]} · 1 suspect"
    assert first


def test_why_there_is_nothing(shop: ARepository, tmp_path: Path) -> None:
    def problem(event: object, chosen: Preferences) -> str:
        found = frames.of_event(event, chosen)  # type: ignore[arg-type]
        moment = from_micros(_at(5))
        return examine.examine(found, None, moment, Window(before=moment)).problem

    file = shop.write("cart.py", *CART)
    assert "has no commit yet" in problem(event_at(file, 3), _roots(shop.root))
    assert "no folder that you have confirmed" in problem(event_at(file, 3), Preferences())
    assert "is on this machine" in problem(make_event(), _roots(shop.root))
    assert "No frame" in problem(make_event(exceptions=()), _roots(shop.root))
    (tmp_path / "bare").mkdir()
    bare = tmp_path / "bare" / "cart.py"
    bare.write_text("1\n")
    assert problem(event_at(bare, 1), _roots(tmp_path)) == f"{tmp_path / 'bare'} is not in a git repository."


def test_what_is_not_wanted_any_more_ends(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    shop.commit("First")
    stop = Stop()
    stop.set()
    moment = from_micros(_at(5))
    files = frames.of_event(event_at(file, 3), _roots(shop.root))
    with pytest.raises(Stopped):
        examine.examine(files, None, moment, Window(before=moment), stop)
    with pytest.raises(Stopped):
        examine.line_of(files.frames[0], None, stop)


def test_another_frames_line_and_why_it_has_no_history(shop: ARepository, tmp_path: Path) -> None:
    file = shop.write("cart.py", *CART)
    first = shop.commit("First")
    (frame,) = frames.of_event(event_at(file, 3), _roots(shop.root)).frames
    found = examine.line_of(frame, None)
    assert found.blamed is not None
    assert found.blamed.commit.hash == first
    (tmp_path / "cart.py").write_text("1\n")
    (frame,) = frames.of_event(event_at(tmp_path / "cart.py", 1), _roots(tmp_path)).frames
    assert "is not in a git repository" in examine.line_of(frame, None).note
