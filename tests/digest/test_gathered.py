"""What waits to be filed together, and whether an issue in it is new."""

import pytest

from app.digest import gathered
from app.digest.before_digest import Understood
from app.digest.entries import entries
from app.digest.gathered import FiledKeys, Gathered
from app.protocols.delivery import Delivery
from app.store.queue.report_queue import Claim
from tests.factories import make_event, make_report


def understood(number: int, *functions: str) -> Understood:
    events = tuple(make_event(function=function) for function in functions)
    return Understood(entries.of(make_report(number), Delivery(events=events)))


def part(*numbers: int, large: int = 0, is_news: bool = False) -> Gathered:
    claim = Claim(tuple(make_report(n) for n in numbers), 4, numbers[-1], 9)
    return Gathered(claim, [understood(n) for n in numbers], [], large, is_news)


def test_two_parts_are_one_claim_from_the_cursor_to_the_last_report() -> None:
    both = part(5, 6, large=1).followed_by(part(7, large=2, is_news=True))
    assert [report.id for report in both.claim.reports] == [5, 6, 7]
    assert [each.entries.report.id for each in both.understood] == [5, 6, 7]
    assert (both.claim.start, both.claim.through, both.claim.newest) == (4, 7, 9)
    assert (both.large, both.is_news) == (3, True)
    assert both.followed_by(part(8)).is_news


def test_an_event_is_news_until_one_of_its_key_is_filed() -> None:
    filed = FiledKeys()
    assert filed.is_news([understood(1, "a")])
    filed.filed([understood(1, "a", "b"), understood(2)])
    assert not filed.is_news([understood(3, "b"), understood(4, "a")])
    assert filed.is_news([understood(3, "b"), understood(4, "a", "c")])
    assert not filed.is_news([understood(5)])


def test_the_keys_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathered, "MOST_KEYS", 1)
    filed = FiledKeys()
    filed.filed([understood(1, "a", "b")])
    filed.filed([understood(2, "c")])
    assert filed.is_news([understood(3, "a")])
    assert not filed.is_news([understood(4, "c")])
