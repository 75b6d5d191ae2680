"""What is meant comes first: beginnings of words, then parts, then what is alike; what was chosen lately."""

from hypothesis import given
from hypothesis import strategies as st

from ui.palette.entry import Entry, Kind
from ui.palette.ranking import rank


def entry(title: str, kind: Kind = Kind.COMMAND, **fields: str) -> Entry:
    return Entry(kind=kind, title=title, run=lambda: None, key=title, **fields)


ENTRIES = [
    entry("Resolve"),
    entry("Reopen"),
    entry("Resolve in a release …"),
    entry("Mark as read or unread"),
    entry("Preferences", words="settings options"),
    entry("PaymentError invalid order 1042", Kind.ISSUE),
    entry("com.example.shop.orders.internal.OrderNotFoundException", Kind.ISSUE),
]


def titles(text: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [each.title for each in rank(ENTRIES, text, recent, 50)]


def test_the_shortest_that_begins_so_is_first() -> None:
    assert titles("res")[:2] == ["Resolve", "Resolve in a release …"]
    assert titles("in release")[0] == "Resolve in a release …"


def test_other_words_and_parts_are_found_too() -> None:
    assert titles("options") == ["Preferences"]
    assert titles("ordernotfound")[0].endswith("OrderNotFoundException")
    assert titles("1042") == ["PaymentError invalid order 1042"]


def test_a_slip_still_finds() -> None:
    assert titles("reslove")[0] == "Resolve"
    assert titles("paymenterr invlaid")[0] == "PaymentError invalid order 1042"
    assert titles("qqqqqq") == []


def test_what_was_chosen_lately_comes_first_among_equals() -> None:
    assert titles("re")[0] == "Reopen"
    assert titles("re", ("Resolve",))[0] == "Resolve"
    assert titles("", ("Preferences", "Reopen"))[:3] == ["Preferences", "Reopen", "Resolve"]


def test_what_cannot_be_done_now_comes_after_what_can() -> None:
    ranked = rank([entry("Resolve", reason="no issue"), entry("Resolved", Kind.PLACE)], "res", (), 9)
    assert [each.title for each in ranked] == ["Resolved", "Resolve"]


@given(st.text(max_size=60), st.lists(st.text(max_size=200), max_size=5))
def test_any_text_ranks_anything(text: str, found: list[str]) -> None:
    entries = [entry(title) for title in found]
    ranked = rank(entries, text, found, 3)
    assert len(ranked) <= 3
    assert set(map(id, ranked)) <= set(map(id, entries))
