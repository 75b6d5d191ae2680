"""What a row says in the room that it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.issues.factories import make_issue
from ui.issues.row.texts import fitted_headline, fitted_place, place_parts, whole


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


def test_a_row_says_where() -> None:
    issue = make_issue(1, place="ledger.py:19 in charge", environment="dev")
    assert place_parts(issue, with_project=True) == ("shop", "ledger.py:19 in charge", "dev")
    assert place_parts(make_issue(1, project="a\nb"), with_project=True) == (
        "a b",
        "shop.checkout in charge_card",
    ), "an old event has its culprit"
    assert place_parts(make_issue(1, culprit=None), with_project=False) == ()


def test_the_environment_goes_first() -> None:
    parts = ("shop", "ledger.py:19", "dev")
    assert fitted_place(parts, 300, width, elided) == "shop · ledger.py:19 · dev"
    assert fitted_place(parts, 200, width, elided) == "shop · ledger.py:19"
    assert fitted_place(parts, 100, width, elided) == "shop · le…"
    assert fitted_place((), 100, width, elided) == ""


def test_the_tooltip_has_all_that_may_be_cut() -> None:
    text = whole(make_issue(1, type=JAVA, place="ledger.py:19 in charge", environment="dev", users=2))
    for part in (JAVA, "'card 1'", "shop · ledger.py:19 in charge · dev", "1 time, 2 users"):
        assert part in text
