"""The section that says what git knows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, from_micros
from app.preferences import Preferences
from app.store.inbox.triage.recurrence import Onset
from tests.git.a_repository import CART, DAY, FIRST_COMMIT, ARepository, event_at
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail, make_event
from ui.detail.sections.issue import git
from ui.detail.sections.issue.git import GitSection, window_of

FIRST_EVENT = from_micros(int((FIRST_COMMIT + 2.5 * DAY) * 1_000_000))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_PAUSE_SECONDS", 0)


@pytest.fixture
def shop(tmp_path: Path) -> ARepository:
    """A repository whose second commit changed line 10 of cart.py."""
    made = ARepository(tmp_path / "shop")
    made.write("cart.py", *CART)
    made.write("main.py", "import cart")
    made.commit("First")
    made.write("cart.py", *CART[:9], "return prices[card]", *CART[10:])
    made.commit("Ask for <b>the</b> card", author="Grace")
    return made


def show(page: ReadPage, shop: ARepository, line: int = 10, chosen: Preferences | None = None) -> list[str]:
    onset = Onset(at=FIRST_COMMIT * 1_000_000 + int(2.5 * DAY * 1_000_000))
    page.read_from_store = lambda _work, done: done(onset)
    page.preferences.chosen = chosen or Preferences(source_roots=(str(shop.root),))
    event = event_at(shop.root / "cart.py", line)
    (raised,) = event.exceptions
    main = Frame(abs_path=str(shop.root / "main.py"), filename="main.py", line=1)
    event = replace(
        event, exceptions=(replace(raised, frames=(main, *raised.frames)),), received_at=FIRST_EVENT
    )
    detail = make_detail(event)
    return page.open(replace(detail, issue=replace(detail.issue, first_seen=FIRST_EVENT)), GitSection).lines()


def test_blame_and_suspects(page: ReadPage, shop: ARepository) -> None:
    second = shop.git("rev-parse", "HEAD")
    head, place, commit, note, other, suspects, suspect, why, *_rest = show(page, shop)
    assert head == f"Git  Grace, {second[:9]} · 2 suspects"
    assert place == "cart.py:10  return prices[card]"
    assert commit.startswith(f"{second[:9]}  Ask for <b>the</b> card  Grace, ")
    assert note == "12 h before the first event · as of HEAD"
    assert other == "1 other frame"
    assert suspects == "Suspects  before its first event"
    assert suspect.startswith(f"{second[:9]}  Ask for <b>the</b> card  Grace, ")
    assert why == "wrote the failing line"
    page.activate("1 other frame")
    page.activate("main.py:1")
    assert "main.py:1  import cart" in page.lines()


def test_a_hash_and_a_command_are_copied(page: ReadPage, shop: ARepository) -> None:
    second = shop.git("rev-parse", "HEAD")
    show(page, shop)
    page.activate(f"{second[:9]} Ask")
    assert page.clipboard_text() == second
    menu = page.menu(second[:9] + "  Ask")
    menu[f"Copy “git show {second[:9]}”"]()
    assert page.clipboard_text() == f"git show {second}"


def test_what_changed_since_and_lines_that_are_not_committed(page: ReadPage, shop: ARepository) -> None:
    shop.write("cart.py", *CART[:9], "new = line", *CART[10:])
    lines = show(page, shop)
    assert "Not committed yet, saved now" in lines
    assert "cart.py  not committed, saved now" in lines


def test_why_there_is_nothing_is_said_when_opened(page: ReadPage, shop: ARepository) -> None:
    assert show(page, shop, chosen=Preferences()) == ["Git"]
    page.activate("Git")
    assert "no folder that you have confirmed" in page.lines()[1]
    # It is confirmed, by opening a line in the editor.
    page.preferences.chosen = Preferences(source_roots=(str(shop.root),))
    page.preferences.changed.emit()
    assert "Suspects" in page.text()


def test_events_without_code_have_no_such_section(page: ReadPage) -> None:
    assert page.open(make_detail(bare_event()), GitSection).lines() == []
    library = ExceptionInfo(frames=(Frame(filename="a.py", in_app=False),) * 10_000)
    event = make_event(exceptions=(library,), threads=())
    assert page.open(make_detail(event), GitSection).lines() == []


def test_an_event_that_was_passed_is_not_examined(page: ReadPage, shop: ARepository) -> None:
    waiting: list[Callable[[Any], None]] = []
    page.read_from_store = lambda _work, done: waiting.append(done)
    page.preferences.chosen = Preferences(source_roots=(str(shop.root),))
    page.open(make_detail(event_at(shop.root / "cart.py", 10)), GitSection)
    page.show_sections(())
    for done in waiting:
        done(None)
    assert page.lines() == []


@pytest.mark.parametrize(
    ("onset", "because"),
    [
        (None, ""),
        (Onset(at=9 * 10**12), ""),
        (Onset(at=9 * 10**12, quiet_since=9 * 10**12 - 7_200_000_000), "in the 2 h in which it was quiet"),
        (
            Onset(at=9 * 10**12, release="1.0", release_seen=8 * 10**12),
            "since 1.0 was first seen, the release before it",
        ),
    ],
)
def test_which_commits_may_have_brought_it(onset: Onset | None, because: str) -> None:
    window = window_of(onset, datetime(2026, 1, 1, tzinfo=FIRST_EVENT.tzinfo))
    assert window.because == because
    assert window.after is None or window.before - window.after > timedelta(0)
