"""The overview: facts and tags as chips that filter, the browser as soon as it is known."""

from pytestqt.qtbot import QtBot

from app.model import UserAgent
from tests.digest.test_user_agent import FIREFOX
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail, make_event
from ui.detail.pane import DetailPane
from ui.detail.requests import FilterBy, OpenLink, Request
from ui.detail.sections.overview import SHOWN_AT_FIRST, OverviewSection

PATIENCE_MS = 20_000


def requests_of(page: ReadPage) -> list[Request]:
    asked: list[Request] = []
    page.requested.connect(asked.append)
    return asked


def test_who_where_and_what_is_said_once(page: ReadPage) -> None:
    event = make_event(tags={"customer": "gold", "environment": "production", "release": "shop@2.4.1"})
    lines = page.open(make_detail(event), OverviewSection).lines()
    assert lines == [
        "Overview",
        "ada@example.com · 17",
        "Chrome 120",
        "Windows 10",
        "runtime: CPython 3.11.7",
        "release: shop@2.4.1",
        "environment: production",
        "POST  http://localhost:5000/checkout",
        "customer: gold",
    ]


def test_a_chip_shows_the_issues_with_its_tag(page: ReadPage) -> None:
    asked = requests_of(page.open(make_detail(), OverviewSection))
    page.activate("customer")
    page.activate("ada@example.com")
    page.activate("Windows 10")
    assert asked == [FilterBy("tag.customer:gold"), FilterBy("user:17"), FilterBy("os:Windows")]


def test_a_chip_excludes_its_tag_by_its_menu(page: ReadPage) -> None:
    asked = requests_of(page.open(make_detail(), OverviewSection))
    index = next(i for i in range(len(page.stacking.rows)) if "customer" in page.stacking.sheet(i).text())
    menu = {entry.text(): entry for entry in page.menu_for(index, page.zone("customer")).actions()}
    menu["Exclude from the search"].trigger()
    assert asked == [FilterBy("tag.customer:gold", is_excluded=True)]


def test_a_chip_is_copied_by_its_menu(page: ReadPage) -> None:
    page.open(make_detail(), OverviewSection)
    index = next(i for i in range(len(page.stacking.rows)) if "customer" in page.stacking.sheet(i).text())
    menu = {entry.text(): entry for entry in page.menu_for(index, page.zone("customer")).actions()}
    menu["Copy value"].trigger()
    assert page.clipboard_text() == "gold"
    menu["Copy all tags"].trigger()
    assert page.clipboard_text() == "customer: gold\nlevel: error"


def test_the_address_opens_after_a_question(page: ReadPage) -> None:
    asked = requests_of(page.open(make_detail(), OverviewSection))
    page.activate("POST")
    assert asked == [OpenLink("http://localhost:5000/checkout")]


def test_many_tags_fold(page: ReadPage) -> None:
    event = bare_event(tags={f"tag{number:03}": "x" for number in range(200)})
    page.open(make_detail(event), OverviewSection)
    assert f"{200 - SHOWN_AT_FIRST} more" in page.lines()
    assert "tag199: x" not in page.lines()
    page.activate(f"{200 - SHOWN_AT_FIRST} more")
    assert {"tag199: x", "fewer"} <= set(page.lines())


def test_what_is_known_of_the_user_besides_opens(page: ReadPage) -> None:
    event = bare_event(user={"id": 1, "plan": "free", "geo": {"city": "Graz"}})
    page.open(make_detail(event), OverviewSection)
    page.activate("More of the user")
    assert "plan  free" in page.lines()


def test_an_event_without_any_of_it_has_no_overview(page: ReadPage) -> None:
    assert page.open(make_detail(bare_event()), OverviewSection).lines() == []


def test_a_browser_that_is_not_recognised_is_said(page: ReadPage) -> None:
    event = bare_event(user_agent=UserAgent(raw="x", device="Other", browser="Other", kind="desktop"))
    page.open(make_detail(event), OverviewSection).activate("browser not recognised")
    assert page.clipboard_text() == "x"


def test_a_header_is_understood_beside_the_page(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send(request={"headers": {"User-Agent": FIREFOX}})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    qtbot.waitUntil(lambda: "Firefox 140\nLinux" in pane.page.text(), timeout=PATIENCE_MS)
    with qtbot.waitSignal(pane.shown):
        pane.show_event(1)
    assert "Firefox 140\nLinux" in pane.page.text(), "it is not asked for again"
