"""The head of the page: what happened, where, when and how often."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from app.model import IssueState, Level
from app.store.inbox.counts.activity import Activity
from app.store.inbox.triage.releases import IssueReleases
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.requests import OpenLink, Request
from ui.detail.sections.head.header import HeaderSection

NOW = datetime.now(UTC)


def test_the_header_shows_what_where_when_and_how_often(page: ReadPage) -> None:
    lines = page.open(make_detail(), HeaderSection).lines()
    assert lines[:4] == [
        "error · unhandled",
        "PaymentError",
        "PaymentError happened",
        "shop.payment in charge_card",
    ]
    assert lines[4].startswith("shop  ·  production  ·  shop@2.4.1  ·  20")
    assert lines[5:7] == ["Events: 340", "Users: 12"]
    assert [line.partition(":")[0] for line in lines[7:]] == ["First seen", "Last seen"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, []),
        ({"state": IssueState.REGRESSED}, ["regressed"]),
        ({"state": IssueState.REGRESSED, "escalated_at": NOW}, ["regressed", "escalating"]),
        ({"state": IssueState.RESOLVED, "resolved_in": "1.2"}, ["resolved in 1.2"]),
        ({"state": IssueState.MUTED, "muted_until": NOW + timedelta(minutes=1)}, ["muted until"]),
        ({"first_seen": NOW}, ["new"]),
    ],
)
def test_badges_say_the_state(page: ReadPage, state: dict[str, Any], words: list[str]) -> None:
    detail = make_detail(bare_event())
    (level, *_) = page.open(replace(detail, issue=replace(detail.issue, **state)), HeaderSection).lines()
    badges = level.split(" · ")[1:]
    assert len(badges) == len(words)
    assert all(badge.startswith(word) for badge, word in zip(badges, words, strict=True))


@pytest.mark.parametrize(
    ("first", "last", "line"),
    [
        ("shop@1.0", "shop@1.2", "Releases: shop@1.0 – 1.2"),
        ("a@1.0", "b@1.2", "Releases: a@1.0 – b@1.2"),
        ("1.0", "1.0", "Release: 1.0"),
        (None, None, ""),
    ],
)
def test_the_first_and_the_last_release(
    page: ReadPage, first: str | None, last: str | None, line: str
) -> None:
    detail = make_detail(bare_event(), known_releases=IssueReleases(first, last))
    found = [each for each in page.open(detail, HeaderSection).lines() if each.startswith("Release")]
    assert "".join(found).replace("shop@1.0 – shop@1.2", "shop@1.0 – 1.2") == line


def test_the_bars_are_told_in_words_each_has_a_tooltip_and_all_are_copied(page: ReadPage) -> None:
    activity = Activity(begin=494_000, step=1, counts=(*([0] * 20), 3, 0, 1, 9))
    page.open(make_detail(activity=activity), HeaderSection)
    name = next(zone.name for _, zone in page.zones() if zone.name.startswith("Events by the hour"))
    assert "13, most of them" in name
    assert "(9)" in name
    tips = [tip for n in range(len(page.stacking.rows)) for tip in page.stacking.sheet(n).tips]
    bars = [tip.text for tip in tips if tip.text.endswith(("event", "events"))]
    assert len(bars) == 24
    assert bars[-1].endswith(": 9 events")
    page.activate("Events by the hour")
    assert page.clipboard_text().endswith("\t9")
    assert len(page.clipboard_text().split("\n")) == 24


def test_time_passing_rebuilds_the_head_only_when_it_says_something_else(page: ReadPage) -> None:
    detail = make_detail()
    page.open(detail, HeaderSection)
    (header,) = page.sections
    assert isinstance(header, HeaderSection)
    rebuilt: list[int] = []
    page.rebuilt.connect(lambda: rebuilt.append(1))
    header.tick()
    assert rebuilt == []
    header.update(replace(detail.issue, count=341), IssueReleases(), None)
    assert rebuilt == [1]
    assert "Events: 341" in page.lines()
    header.issue = replace(detail.issue, last_seen=NOW)
    header.tick()
    assert rebuilt == [1, 1]


def test_an_address_in_the_message_is_asked_for(page: ReadPage) -> None:
    page.open(make_detail(bare_event(message="see https://example.com/a.")), HeaderSection)
    requests: list[Request] = []
    page.requested.connect(requests.append)
    page.activate("Open https://example.com/a")
    assert requests == [OpenLink("https://example.com/a")]


def test_header_of_a_message_leads_with_its_first_line(page: ReadPage) -> None:
    event = bare_event(message="Disk almost full\n\n92 % of /var", level=Level.WARNING)
    assert page.open(make_detail(event), HeaderSection).lines()[:3] == [
        "warning",
        "Disk almost full",
        "92 % of /var",
    ]


def test_header_folds_a_long_message_and_opens_it(page: ReadPage) -> None:
    event = bare_event(message="first\n" + "\n".join(f"line {n}" for n in range(50)))
    page.open(make_detail(event), HeaderSection)
    assert "line 49" not in page.text()
    page.activate("Show more")
    assert "line 49" in page.text()


def test_markup_is_text(page: ReadPage) -> None:
    event = bare_event(message="<img src=x onerror=alert(1)><b>bold</b>")
    assert "<img src=x onerror=alert(1)><b>bold</b>" in page.open(make_detail(event), HeaderSection).lines()


def test_a_commit_as_release_is_shown_short_and_copied_whole(page: ReadPage) -> None:
    commit = "0c6a43d834495ffca4d5286867443a5810d69ebd"
    page.open(make_detail(bare_event(release=commit)), HeaderSection)
    facts = next(line for line in page.lines() if "0c6a43d83449" in line)
    assert commit not in facts
    page.menu("0c6a43d83449")["Copy release"]()
    assert page.clipboard_text() == commit
