"""The text of notices: one line a fact, cut where it is long."""

from app.happenings import Kind
from app.notifications import notice_text
from app.notifications.notice_text import LONGEST_TITLE
from app.store.notices.notice import MORE, QUIET
from tests.notifications.factories import make_happening


def test_a_title_names_what_happened_and_the_project() -> None:
    assert notice_text.title_of(make_happening(7)) == "New in shop: KeyError: 7"
    counted = make_happening(7, Kind.COUNT, count=1_000)
    assert notice_text.title_of(counted) == "1,000 times in shop: KeyError: 7"
    assert len(notice_text.title_of(make_happening(title="long " * 100))) <= LONGEST_TITLE


def test_a_body_has_a_line_for_each_known_fact() -> None:
    body = notice_text.body_of(make_happening(count=1_204, reason="over 5 in an hour", environment="live"))
    assert body.splitlines() == ["shop.checkout in charge_card", "over 5 in an hour", "live · 1,204 events"]


def test_a_summary_says_why_its_notices_were_counted() -> None:
    assert notice_text.summary_title(QUIET, 1) == "1 notice of the quiet hours"
    assert notice_text.summary_title(MORE, 1_204) == "1,204 notices more than fit in an hour"


def test_a_summary_names_new_issues_first_and_retains_earlier_ones() -> None:
    back, new = make_happening(1, Kind.REGRESSED), make_happening(2)
    body = notice_text.summary_body([back, new])
    assert body.splitlines() == ["Among them:", "shop: KeyError: 2", "shop: KeyError: 1"]
    assert notice_text.summary_body([make_happening(3)], body).splitlines() == [
        *body.splitlines(),
        "shop: KeyError: 3",
    ]
