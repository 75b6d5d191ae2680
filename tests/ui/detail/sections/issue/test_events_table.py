"""The table of an issue's events: read when opened, a hundred at a time, with chosen columns."""

import pytest

from app import detail
from app.detail import EventDetail
from app.issue_overview import event_lines
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from ui.detail.requests import ChooseEventColumns, CompareEvents, ShowEvent
from ui.detail.sections.issue.events_table import EventsSection


def shown(database: Database, pk: int) -> EventDetail:
    with database.reading() as connection:
        found = detail.read_event(connection, pk)
    assert found is not None
    return found


@pytest.fixture
def three(arrivals: Arrivals) -> None:
    for release in ("1.0", "1.1", "1.2"):
        arrivals.send(release=release, tags={"region": "eu"})


@pytest.mark.usefixtures("three")
def test_it_is_folded_until_it_is_opened(store_page: ReadPage, database: Database) -> None:
    page = store_page.open(shown(database, 2), EventsSection)
    assert page.lines() == ["Events  2 of 3"]
    page.activate("Events")
    releases = [line.split("  ")[2] for line in page.lines() if "card" in line]
    assert releases == ["1.2", "1.1", "1.0"]


@pytest.mark.usefixtures("three")
def test_a_line_leads_to_its_event_and_to_a_comparison(store_page: ReadPage, database: Database) -> None:
    page = store_page.open(shown(database, 2), EventsSection)
    page.activate("Events")
    newest = next(zone for _place, zone in page.zones() if "1.2" in zone.name)
    newest.activate()
    page.menu("1.0")["Compare with the event shown"]()
    assert page.requests == [ShowEvent(3), CompareEvents(one=2, other=1)]
    assert "Compare with the event shown" not in page.menu("1.1")


@pytest.mark.usefixtures("three")
def test_other_columns_are_read_at_once(store_page: ReadPage, database: Database) -> None:
    page = store_page.open(shown(database, 2), EventsSection)
    page.activate("Events")
    page.activate("Columns")
    (request,) = page.requests
    assert isinstance(request, ChooseEventColumns)
    assert "tag.region" in request.offered
    page.preferences.change(event_columns=("tag.region",))
    assert [line.split("  ")[1:] for line in page.lines()[2:5]] == [["eu"]] * 3


def test_more_events_come_by_pages(store_page: ReadPage, database: Database, arrivals: Arrivals) -> None:
    for _number in range(event_lines.AT_ONCE + 1):
        arrivals.send()
    page = store_page.open(shown(database, 1), EventsSection)
    page.activate("Events")
    assert sum("card" in line for line in page.lines()) == event_lines.AT_ONCE
    page.activate("More events")
    assert sum("card" in line for line in page.lines()) == event_lines.AT_ONCE + 1
