"""Stored events, read again from their reports."""

from app.digest.grouping.rules import Apart, Ignore, RulePart
from app.regrouping import stored_events
from app.store.inbox.issues import issue_keys
from tests.factories import NOON, SECOND
from tests.regrouping.shop import Shop


def test_an_older_key_does_not_find_an_event_separated_by_a_rule(shop: Shop) -> None:
    issue = shop.send_mixed()
    with shop.database.writing() as connection:
        event = next(stored_events.read(connection, [1]))
        issue_keys.add(connection, [((event.project_id, event.keys[-1]), issue)], "v1")
    shop.split(issue, "tag:region")
    assert shop.send(tags={"region": "asia"}) != issue
    shop.settle()
    assert shop.shown() == shop.recounted()


def test_events_are_read_again_as_they_were_counted_and_removed_ones_are_left_out(shop: Shop) -> None:
    issue = shop.send(value="'card'", user="ada", tags={"region": "eu"})
    shop.send("refund")
    with shop.database.reading() as connection:
        first, second = stored_events.read(connection, [2, 1, 99])
        by_region = stored_events.value_for(first, Apart("tag:region"))
        title = stored_events.value_for(first, Ignore(RulePart.MODULE, "shop"))
    assert (first.issue, first.counted.number, second.counted.number) == (issue, 1, 2)
    assert (first.counted.tags, first.counted.at) == (
        (("region", "eu"), ("user", "ada")),
        NOON + 700 * SECOND,
    )
    assert (by_region, title) == ("eu", first.counted.title)
    assert shop.keys()[first.keys[0]] == issue
