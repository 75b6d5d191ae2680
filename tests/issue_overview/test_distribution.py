"""The spread of an issue's events over tags and hours, exact also for what is not settled yet."""

from datetime import UTC, datetime

from app.issue_overview import distribution
from app.model import from_micros
from tests.factories import NOON, Store
from tests.issue_overview.conftest import Send


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def test_values_are_counted_the_commonest_first(store: Store, send: Send) -> None:
    for region in ("eu", "us", "eu"):
        send(tags={"region": region}, environment="dev")
    send()
    found = store.read(distribution.of, 1, utc)
    assert found.events == 4
    by_name = {spread.name: spread for spread in found.spreads}
    assert by_name["region"].values == (("eu", 2), ("us", 1))
    assert (by_name["region"].without, by_name["region"].different) == (1, 2)
    assert [spread.name for spread in found.spreads].index("environment") == 0


def test_many_values_are_summed_up(store: Store, send: Send) -> None:
    for number in range(distribution.MOST_VALUES + 3):
        send(tags={"cart": str(number)})
    spread = next(s for s in store.read(distribution.of, 1, utc).spreads if s.name == "cart")
    assert (len(spread.values), spread.others, spread.different) == (8, 3, 11)


def test_hours_are_those_of_this_computers_clock(store: Store, send: Send) -> None:
    send()
    found = store.read(distribution.of, 1, utc)
    assert found.hours[from_micros(NOON).hour] == 1
    assert sum(found.hours) == 1
