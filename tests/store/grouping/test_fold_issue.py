"""Folding, carving and their opposites: counters and description of the issues that take part."""

from app.regrouping import stored_events
from app.store.grouping import fold_issue
from app.store.grouping.fold_issue import IssuePart
from app.store.inbox.counts import tallies
from app.store.inbox.lists import issues
from tests.regrouping.shop import Shop


def test_a_fold_adds_the_counters_and_is_taken_back(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    before = shop.shown()
    with shop.database.writing() as connection:
        folded = fold_issue.fold(connection, second, first, 7)
        assert tallies.read(connection, first).count == 4
        assert tallies.read(connection, second).count == 2
    assert list(shop.shown()) == [first]
    assert shop.shown()[first][4] == before[second][4]
    with shop.database.writing() as connection:
        fold_issue.unfold(connection, folded, 8)
    assert shop.shown() == before


def test_a_part_is_carved_out_and_put_back(shop: Shop) -> None:
    issue = shop.send_mixed()
    before = shop.shown()
    with shop.database.writing() as connection:
        events = [event.counted for event in stored_events.read(connection, [1, 2, 3, 4])]
        one, rest = events[2], [*events[:2], events[3]]
        part = IssuePart(
            tally=tallies.tally([one]),
            latest=one,
            first_seen=one.at,
            rest_users=frozenset(event.user for event in rest if event.user),
            rest=rest[-1],
            rest_first_seen=rest[0].at,
        )
        carved = fold_issue.carve(connection, issue, part, 7)
        made = issues.get(connection, carved.part)
        assert made is not None
        assert (made.count, made.users, made.value) == (1, 1, "'iban'")
        assert fold_issue.first_seen(connection, carved.part) == one.at
    assert {found[0] for found in shop.shown().values()} == {1, 3}
    with shop.database.writing() as connection:
        fold_issue.uncarve(connection, carved, 8)
    assert shop.shown() == before


def test_an_absorbed_event_describes_its_issue_when_it_is_the_latest(shop: Shop) -> None:
    first, second = shop.send_two_bugs()
    with shop.database.writing() as connection:
        (latest,) = (event.counted for event in stored_events.read(connection, [4]))
        fold_issue.absorb(connection, latest, second, first, 7)
        assert [tallies.read(connection, issue).count for issue in (first, second)] == [3, 1]
        described = issues.get(connection, first)
        assert described is not None
        assert described.value == "'iban'"
        (older,) = (event.counted for event in stored_events.read(connection, [1]))
        fold_issue.describe_by(connection, first, older, 8)
        unchanged = issues.get(connection, first)
        assert unchanged is not None
        assert unchanged.value == "'iban'"
