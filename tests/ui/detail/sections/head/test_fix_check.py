"""The line on what came since a file was saved."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.fix_check.holding import Holding, Verdict
from app.model import IssueState, to_micros
from app.preferences import Preferences
from app.store.database import Connection
from app.store.inbox.triage.recurrence import Recurrence
from tests.git.a_repository import CART, event_at
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.sections.head.fix_check import FixCheckSection, sentence

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


class Kitchen:
    """A page with an event whose file is on this machine, over a store that says what it is given."""

    def __init__(self, page: ReadPage, folder: Path) -> None:
        self.page = page
        self.file = folder / "cart.py"
        self.file.write_text("\n".join(CART))
        self.arrivals: list[datetime] = [NOW - 5 * HOUR]
        self.elsewhere: list[datetime] = []
        self.reads = 0
        page.preferences.chosen = Preferences(source_roots=(str(folder),))
        page.read_from_store = self._read

    def _read(self, work: Callable[[Connection], Any], done: Callable[[Any], None]) -> None:
        self.reads += 1
        done(
            Recurrence(
                arrivals=tuple(map(to_micros, self.arrivals)), elsewhere=tuple(map(to_micros, self.elsewhere))
            )
        )

    def save(self, ago: timedelta = HOUR) -> None:
        moment = (datetime.now(UTC) - ago).timestamp()
        os.utime(self.file, (moment, moment))

    def open(self, state: IssueState = IssueState.OPEN) -> FixCheckSection:
        detail = make_detail(event_at(self.file, 3))
        issue = replace(detail.issue, first_seen=NOW - 5 * HOUR, last_seen=NOW - 5 * HOUR, state=state)
        self.page.open(replace(detail, issue=issue), FixCheckSection)
        (section,) = self.page.sections
        assert isinstance(section, FixCheckSection)
        return section


@pytest.fixture
def kitchen(page: ReadPage, tmp_path: Path) -> Iterator[Kitchen]:
    made = Kitchen(page, tmp_path)
    yield made
    page.show_sections(())


def test_saved_and_not_seen_since(kitchen: Kitchen) -> None:
    kitchen.save()
    kitchen.open()
    assert kitchen.page.lines() == ["cart.py  saved 1h ago  · not seen since"]


def test_what_was_saved_before_the_error_says_nothing(kitchen: Kitchen) -> None:
    kitchen.save(9 * HOUR)
    kitchen.open()
    assert (kitchen.page.lines(), kitchen.reads) == ([], 0)


def test_an_unconfirmed_folder_is_not_looked_at(kitchen: Kitchen) -> None:
    kitchen.save()
    confirmed, kitchen.page.preferences.chosen = kitchen.page.preferences.chosen, Preferences()
    kitchen.open()
    assert kitchen.page.lines() == []
    kitchen.page.preferences.chosen = confirmed
    kitchen.page.preferences.changed.emit()
    assert kitchen.page.lines() == ["cart.py  saved 1h ago  · not seen since"]


def test_it_changes_with_a_save_and_with_an_arrival(kitchen: Kitchen, qtbot: QtBot) -> None:
    kitchen.save(9 * HOUR)
    section = kitchen.open()
    kitchen.file.write_text("fixed")
    qtbot.waitUntil(lambda: kitchen.page.lines() == ["cart.py  saved now  · not seen since"])
    kitchen.arrivals.append(datetime.now(UTC) + HOUR)
    section.follow(replace(section.issue, last_seen=kitchen.arrivals[-1]))
    assert kitchen.page.lines()[0].endswith("· seen 1 time since")


def test_its_request_ran_without_it(kitchen: Kitchen) -> None:
    kitchen.save()
    kitchen.elsewhere = [NOW, NOW - 9 * HOUR]
    kitchen.open()
    assert kitchen.page.lines()[0].endswith("· it holds: its request ran 1 time since")


def test_a_muted_issue_is_left_alone(kitchen: Kitchen) -> None:
    kitchen.save()
    kitchen.open(IssueState.MUTED)
    assert kitchen.page.lines() == []


def test_another_event_ends_it(kitchen: Kitchen, qtbot: QtBot) -> None:
    kitchen.save(9 * HOUR)
    kitchen.open()
    kitchen.page.show_sections(())
    kitchen.file.write_text("fixed")
    with qtbot.assertNotEmitted(kitchen.page.requested, wait=300):
        kitchen.file.write_text("fixed again")


@pytest.mark.parametrize(
    ("holding", "text"),
    [
        (Holding(verdict=Verdict.SEEN, times=1_200), "seen 1,200 times since"),
        (Holding(verdict=Verdict.NOT_SEEN), "not seen since"),
        (
            Holding(verdict=Verdict.NOT_SEEN, usual=timedelta(minutes=2), quiet=0.5),
            "not seen since; it usually took 2 min to come again",
        ),
        (
            Holding(verdict=Verdict.HOLDS, usual=timedelta(minutes=2), quiet=5.2),
            "it holds: quiet for 5 times as long as it usually took (2 min)",
        ),
        (Holding(verdict=Verdict.HOLDS, times=3), "it holds: its request ran 3 times since"),
    ],
)
def test_the_figures_are_said(holding: Holding, text: str) -> None:
    assert sentence(holding) == text
