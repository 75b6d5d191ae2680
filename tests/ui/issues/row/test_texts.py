"""What a row says in the room that it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.issues.factories import make_issue
from ui.issues.row.texts import fitted_headline, fitted_place, is_type_whole, place_parts, short_place, whole


def width(text: str) -> int:
    return 10 * len(text)


def elided(text: str, room: int) -> str:
    most = max(0, room // 10)
    return text if len(text) <= most else text[: most - 1] + "…" if most else ""


def cut(kind: str, message: str, room: int) -> tuple[str, str]:
    return fitted_headline(kind, message, room, (width, width), (elided, elided))


JAVA = "com.example.shop.orders.internal.OrderNotFoundException"


@pytest.mark.parametrize(
    ("kind", "room", "shown"),
    [
        (JAVA, 2_000, JAVA),
        (JAVA, 600, "…orders.internal.OrderNotFoundException"),
        (JAVA, 300, "…OrderNotFoundExcep…"),
        ("App\\Shop\\OrderNotFound", 290, "…OrderNotFound"),
        ("shop::orders::not_found", 250, "…not_found"),
    ],
)
def test_a_package_goes_before_the_message_does(kind: str, room: int, shown: str) -> None:
    found, message = cut(kind, "order 77 is gone", room)
    assert found == shown
    assert message.startswith("order 77")


@given(st.text(max_size=60), st.text(max_size=60), st.integers(-10, 900))
def test_any_headline_fits(kind: str, message: str, room: int) -> None:
    shown, rest = cut(kind, message, room)
    assert width(shown) + (8 + width(rest) if rest else 0) <= max(0, room) or not message


@given(st.text(max_size=30), st.text(max_size=60), st.integers(0, 900))
def test_a_type_that_is_foretold_to_be_whole_is(kind: str, message: str, room: int) -> None:
    if is_type_whole(width(kind), width(message), room):
        shown, rest = cut(kind, message, room)
        assert shown == kind
        assert rest or not message


def test_a_row_says_where() -> None:
    issue = make_issue(1, place="ledger.py:19 in charge", culprit="shop.ledger in charge", environment="dev")
    assert place_parts(issue, with_project=True) == ("shop", "ledger.py:19 in charge", "dev")
    assert place_parts(make_issue(1, project="a\nb"), with_project=True) == (
        "a b",
        "shop.checkout in charge_card",
    ), "an old event has its culprit"
    assert place_parts(make_issue(1, culprit=None), with_project=False) == ()


def test_a_row_has_the_transaction_beside_the_place() -> None:
    def parts(place: str, culprit: str) -> tuple[str, ...]:
        return place_parts(make_issue(1, place=place, culprit=culprit), with_project=False)

    assert parts("ledger.py:19 in charge", "POST /checkout") == ("ledger.py:19 in charge", "POST /checkout")
    assert parts("ledger.py:19 in charge", "shop.ledger in charge") == ("ledger.py:19 in charge",)
    assert parts("shop.ledger in charge", "shop.ledger in charge") == ("shop.ledger in charge",)
    assert parts("app.js:1", "/checkout") == ("app.js:1", "/checkout")


@pytest.mark.parametrize(
    ("place", "short"),
    [
        ("ledger.py:19 in charge", "ledger.py:19"),
        ("libshop.so in draw_frame", "draw_frame"),
        ("libshop.so:1586 in draw_frame", "draw_frame"),
        ("app.js:1", "app.js:1"),
        (None, "charge_card"),
    ],
)
def test_file_and_line_are_the_shortest_place(place: str | None, short: str) -> None:
    assert short_place(make_issue(1, place=place)) == short
    assert short_place(make_issue(1, culprit=None)) == ""


def test_the_environment_goes_first() -> None:
    parts = ("shop", "ledger.py:19", "dev")
    assert fitted_place(parts, 300, width, elided) == "shop · ledger.py:19 · dev"
    assert fitted_place(parts, 200, width, elided) == "shop · ledger.py:19"
    assert fitted_place(parts, 100, width, elided) == "shop · le…"
    assert fitted_place((), 100, width, elided) == ""
    assert fitted_place(parts[1:], 120, width, elided, least=1) == "ledger.py:19"


def test_the_end_of_a_transaction_says_most() -> None:
    def fitted(room: int) -> str:
        parts = ("ledger.py:19", "POST /orders/refund", "dev")
        return fitted_place(parts, room, width, elided, least=1, shortened=parts[1])

    assert fitted(400) == "ledger.py:19 · POST /orders/refund · dev"
    assert fitted(340) == "ledger.py:19 · POST /orders/refund"
    assert fitted(250) == "ledger.py:19 · …rs/refund"
    assert fitted(190) == "ledger.py:19"


@given(st.lists(st.text(min_size=1, max_size=20), max_size=4), st.integers(0, 500), st.sampled_from([1, 2]))
def test_any_place_fits(parts: list[str], room: int, least: int) -> None:
    for shortened in ("", *parts):
        shown = fitted_place(parts, room, width, elided, least=least, shortened=shortened)
        assert width(shown) <= room


def test_the_tooltip_has_all_that_may_be_cut() -> None:
    place = "ledger.py:19 in charge"
    issue = make_issue(1, type=JAVA, place=place, culprit="shop.ledger in charge", environment="dev", users=2)
    text = whole(issue)
    for part in (JAVA, "'card 1'", f"shop · {place} · dev", "shop.ledger in charge", "1 time, 2 users"):
        assert part in text
