"""The spread of an issue's events: bars that filter."""

from app import detail
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.requests import FilterBy
from ui.detail.sections.issue.distribution import DistributionSection


def open_last(page: ReadPage, database: Database, pk: int) -> ReadPage:
    with database.reading() as connection:
        found = detail.read_event(connection, pk)
    assert found is not None
    page.open(found, DistributionSection)
    if page.lines():
        page.activate("Distribution")
    return page


def test_values_have_bars_with_their_share(
    store_page: ReadPage, database: Database, arrivals: Arrivals
) -> None:
    sent = [arrivals.send(tags={"region": region, "odd": 'a "b"'}) for region in ("eu", "us", "eu", "eu")]
    page = open_last(store_page, database, sent[-1])
    assert "eu  3 · 75 %" in page.lines()
    page.activate("eu: 3")
    page.activate('a "b"')
    assert page.requests == [FilterBy("tag.region:eu"), FilterBy('tag.odd:"a ""b"""')]


def test_a_single_event_has_no_distribution(
    store_page: ReadPage, database: Database, arrivals: Arrivals
) -> None:
    assert open_last(store_page, database, arrivals.send()).lines() == []


def test_many_tags_come_by_and_by(store_page: ReadPage, database: Database, arrivals: Arrivals) -> None:
    sent = [arrivals.send(tags={f"tag{number}": "x" for number in range(20)}) for _number in range(2)]
    page = open_last(store_page, database, sent[-1])
    assert "tag9  1 value" not in page.lines()
    while any("more tag" in line for line in page.lines()):
        page.activate(next(line for line in page.lines() if "more tag" in line))
    assert "tag9  1 value" in page.lines()


def test_it_is_read_only_when_it_is_opened(page: ReadPage) -> None:
    page.open(make_detail(), DistributionSection)
    assert page.lines() == ["Distribution  of 340 events"]
    page.activate("Distribution")
    assert page.lines()[-1] == "Reading …"
