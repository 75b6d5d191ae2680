"""What the digest writes into the outbox: each happening once, and never too many notices."""

from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from app.happenings import Happening, Kind
from app.model import Level
from app.notifications import directory, outbox
from app.notifications.directory import NamedRule
from app.notifications.rules import MINUTE, QuietHours, Rule
from app.store.database import Database
from app.store.notices.channels import Channel
from app.store.notices.notice import MORE, QUIET, NoticeState
from app.store.places import project_acts
from app.store.schema import outbox as table
from tests.factories import NOON, Store, make_event
from tests.notifications.factories import enter, make_happening, mark_sent, notices_in, rows, set_rule

HOUR = 60 * MINUTE


def test_a_new_error_makes_a_desktop_notice_without_configuration(store: Store) -> None:
    notices = store.write(outbox.enter, [make_happening()], NOON)
    (row,) = rows(store)
    assert (row.state, row.channel_id, row.due_at, row.created_at) == (NoticeState.WAITING, None, NOON, NOON)
    assert row.title == "New in shop: KeyError: 1"
    assert row.body == "shop.checkout in charge_card\n1 event"
    assert [notice.title for notice in notices] == [row.title]


def test_without_happenings_nothing_is_written(store: Store) -> None:
    assert store.write(outbox.enter, [], NOON) == ()
    assert store.write(outbox.enter, [make_happening(level=Level.INFO)], NOON) == ()
    assert rows(store) == []


def test_a_repeated_batch_writes_and_counts_nothing_twice(store: Store) -> None:
    set_rule(store, most_per_hour=2)
    batch = [make_happening(n) for n in range(1, 8)]
    enter(store, *batch)
    once = rows(store)
    enter(store, *batch)
    enter(store, *batch, now=NOON + MINUTE)
    assert rows(store) == once
    enter(store, *batch, make_happening(9))
    assert notices_in(store)[-1] == (MORE, None, 6)


def test_one_notice_for_each_channel_however_many_rules_match(store: Store) -> None:
    one = store.write(directory.add_channel, "one", "json://one")
    off = store.write(directory.add_channel, "off", "json://off")
    off_now = Channel(id=off.id, name="off", url=off.url, enabled=False)
    store.write(directory.change_channel, off_now)
    store.write(directory.add_rule, "too", Rule(channels=(one.id, off.id, 99)))
    enter(store, make_happening())
    assert [(row.rule_id, row.channel_id) for row in rows(store)] == [(1, None), (2, one.id)]


def test_a_disabled_rule_makes_no_notice(store: Store) -> None:
    (rule,) = store.read(directory.all_rules)
    off = NamedRule(id=rule.id, name=rule.name, enabled=False, rule=rule.rule)
    store.write(directory.change_rule, off)
    enter(store, make_happening())
    assert rows(store) == []


def test_an_issue_makes_no_second_notice_within_its_cooldown(store: Store) -> None:
    back = make_happening(1, Kind.REGRESSED, event_id="2" * 32)
    enter(store, make_happening(), back)
    assert notices_in(store) == [("new", 1, 1)]
    assert notices_in(store, NoticeState.COOLED) == [("regressed", 1, 1)]
    mark_sent(store, NOON)
    again = make_happening(1, Kind.REGRESSED, event_id="3" * 32)
    enter(store, again, make_happening(2), now=NOON + 5 * MINUTE - 1)
    assert notices_in(store) == [("new", 2, 1)]
    enter(store, make_happening(1, Kind.REGRESSED, event_id="4" * 32), now=NOON + 5 * MINUTE)
    assert notices_in(store) == [("new", 2, 1), ("regressed", 1, 1)]


def test_beyond_the_cap_one_notice_counts_the_others(store: Store) -> None:
    enter(store, *(make_happening(n) for n in range(1, 31)))
    enter(store, *(make_happening(n) for n in range(31, 501)), make_happening(501, level=Level.FATAL))
    assert notices_in(store)[:-1] == [("new", n, 1) for n in range(1, 21)]
    assert len(notices_in(store, NoticeState.COUNTED)) == 481
    last = rows(store)[30]
    assert (last.kind, last.issue_id, last.level) == (MORE, None, Level.FATAL)
    assert last.title == "481 notices more than fit in an hour"
    assert last.body.splitlines()[:2] == ["Among them:", "shop: KeyError: 21"]
    assert last.due_at == NOON + MINUTE


def test_a_notice_that_counts_names_some_in_whatever_batches_they_came(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    for number in (1, 2, 3, 3, 4, 5, 6, 7, 8):
        enter(store, make_happening(number))
    assert rows(store)[2].body.splitlines() == ["Among them:", *(f"shop: KeyError: {n}" for n in range(2, 7))]


def test_a_lasting_flood_makes_one_notice_an_hour(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    back = partial(make_happening, kind=Kind.REGRESSED)
    enter(store, back(1), back(2))
    mark_sent(store, NOON + MINUTE)
    enter(store, back(3), back(4), now=NOON + 2 * MINUTE)
    enter(store, back(5), now=NOON + 59 * MINUTE)
    (more,) = [row for row in rows(store) if row.state == NoticeState.WAITING]
    assert (more.kind, more.due_at) == (MORE, NOON + MINUTE + HOUR)
    assert notices_in(store) == [(MORE, None, 3)]
    enter(store, back(6), now=NOON + HOUR)
    assert notices_in(store) == [(MORE, None, 3), ("regressed", 6, 1)]
    mark_sent(store, NOON + MINUTE + HOUR)
    enter(store, back(7), now=NOON + 2 * MINUTE + HOUR)
    (more,) = [row for row in rows(store) if row.state == NoticeState.WAITING]
    assert (more.kind, more.due_at) == (MORE, NOON + MINUTE + 2 * HOUR)


def test_new_issues_make_a_notice_within_minutes_also_under_a_flood(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    back = partial(make_happening, kind=Kind.REGRESSED)
    enter(store, back(1), back(2))
    mark_sent(store, NOON + MINUTE)
    enter(store, back(3), now=NOON + 2 * MINUTE)
    enter(store, make_happening(4), now=NOON + 3 * MINUTE)
    (more,) = [row for row in rows(store) if row.state == NoticeState.WAITING]
    assert (more.kind, more.count, more.due_at) == (MORE, 2, NOON + MINUTE + outbox.NEWS_EVERY)
    enter(store, back(5), now=NOON + 4 * MINUTE)
    (more,) = [row for row in rows(store) if row.state == NoticeState.WAITING]
    assert (more.count, more.due_at) == (3, NOON + MINUTE + outbox.NEWS_EVERY)


def test_a_burst_of_one_project_does_not_silence_the_first_error_of_another(store: Store) -> None:
    enter(store, *(make_happening(n) for n in range(1, 403)))
    enter(store, make_happening(403, project="blog"), now=NOON + MINUTE)
    assert notices_in(store)[-1] == ("new", 403, 1)


def test_many_projects_together_have_a_cap_and_each_is_named(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    enter(store, *(make_happening(n, project=f"project {n}") for n in range(1, 11)))
    assert notices_in(store) == [*(("new", n, 1) for n in range(1, 6)), (MORE, None, 5)]
    assert rows(store)[5 + 5].body.splitlines()[1:] == [f"project {n}: KeyError: {n}" for n in range(6, 11)]


def test_a_summary_names_each_project_before_another_is_named_twice(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    enter(store, *(make_happening(n) for n in range(1, 20)))
    enter(store, make_happening(20, project="blog"), make_happening(21, project="blog"))
    (more,) = [row for row in rows(store) if row.kind == MORE]
    assert "blog: KeyError: 21" in more.body.splitlines()


def test_notices_of_a_clock_that_was_ahead_suppress_no_others(store: Store) -> None:
    set_rule(store, most_per_hour=1)
    enter(store, make_happening(1), make_happening(2), now=NOON + 3 * HOUR)
    back = make_happening(1, Kind.REGRESSED, event_id="2" * 32)
    enter(store, back, make_happening(3))
    assert notices_in(store) == [("new", 1, 1), (MORE, None, 2), ("regressed", 1, 1)]


def test_happenings_in_quiet_hours_make_one_notice_at_their_end(store: Store) -> None:
    quiet = QuietHours(0, 1439)
    until = quiet.until(NOON)
    assert until is not None
    set_rule(store, quiet=quiet)
    enter(store, make_happening(1), make_happening(2))
    enter(store, make_happening(3), now=NOON + MINUTE)
    assert notices_in(store) == [(QUIET, None, 3)]
    assert [row.due_at for row in rows(store) if row.kind == QUIET] == [until]
    assert notices_in(store, NoticeState.COUNTED) == [("new", n, 1) for n in (1, 2, 3)]


def test_a_night_whose_notice_was_not_sent_is_not_counted_with_the_next(store: Store) -> None:
    set_rule(store, quiet=QuietHours(0, 1439))
    enter(store, make_happening(1))
    enter(store, make_happening(2), now=NOON + 24 * HOUR)
    assert notices_in(store) == [(QUIET, None, 1), (QUIET, None, 1)]


def test_round_numbers(store: Store) -> None:
    set_rule(store, kinds=(), counts=(10, 100), cooldown_minutes=0)
    enter(store, *(make_happening(1, Kind.COUNT, count=n, event_id=f"{n:032}") for n in (1, 10, 100, 1_000)))
    assert [row.title for row in rows(store)] == [
        "10 times in shop: KeyError: 1",
        "100 times in shop: KeyError: 1",
    ]


def test_two_round_numbers_of_one_event_are_two_notices(store: Store) -> None:
    set_rule(store, kinds=(), counts=(10, 100), cooldown_minutes=0)
    enter(store, *(make_happening(1, Kind.COUNT, count=n) for n in (10, 100)))
    assert notices_in(store) == [("count", 1, 10), ("count", 1, 100)]


def test_texts_are_short_and_one_line_each(store: Store) -> None:
    enter(store, make_happening(title="a\nb " * 500, culprit="c\n" * 500, environment="live", release="1.2"))
    (row,) = rows(store)
    assert "\n" not in row.title
    assert len(row.title) <= 160
    where, about = row.body.splitlines()
    assert len(where) <= 200
    assert about == "live · release 1.2 · 1 event"


steps = st.lists(
    st.tuples(st.integers(0, 90 * MINUTE), st.lists(st.integers(1, 40), max_size=30), st.booleans()),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(steps=steps, most=st.integers(1, 5), cooldown=st.integers(0, 90))
def test_each_happening_is_sent_counted_or_cooled_exactly_once(
    database: Database, steps: list[tuple[int, list[int], bool]], most: int, cooldown: int
) -> None:
    store = Store(database)
    with database.writing() as connection:
        connection.execute(delete(table))
    set_rule(store, most_per_hour=most, cooldown_minutes=cooldown)
    now, happened = NOON, 0
    for pause, issues, is_sent in steps:
        now += pause
        batch: list[Happening] = []
        for issue in issues:
            happened += 1
            batch.append(make_happening(issue, event_id=f"{happened:032}"))
        enter(store, *batch, now=now)
        enter(store, *batch, now=now)
        if is_sent:
            mark_sent(store, now)
    all_rows = rows(store)
    alone = [row for row in all_rows if row.kind == "new"]
    assert len(alone) == happened
    counted = [row for row in alone if row.state == NoticeState.COUNTED]
    assert sum(row._mapping["count"] for row in all_rows if row.kind == MORE) == len(counted)
    shown = [row for row in alone if row.state in (NoticeState.WAITING, NoticeState.SENT)]
    for row in shown:
        in_hour = [other for other in shown if row.created_at - HOUR < other.created_at <= row.created_at]
        assert len(in_hour) <= most
        same = [other for other in shown if other.issue_id == row.issue_id and other.id < row.id]
        assert all(row.created_at - other.created_at >= cooldown * MINUTE for other in same)


def test_a_rule_for_a_project_holds_under_its_other_name(store: Store) -> None:
    store.file(make_event(), project="shop")
    set_rule(store, projects=("shop",))
    store.write(project_acts.rename, 1, "Store")
    enter(store, make_happening(7), make_happening(8, project="blog"))
    assert [row.title for row in rows(store)][1:] == ["New in Store: KeyError: 7"]
