"""Breadcrumbs of all clients: their kind, and one line of what they say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event_parts import breadcrumbs
from app.event_parts.breadcrumbs import Kind
from app.event_parts.pieces import Role
from app.model import Breadcrumb


@pytest.mark.parametrize(
    ("given_", "kind"),
    [
        ({"type": "http", "category": "httplib"}, Kind.HTTP),
        ({"category": "xhr"}, Kind.HTTP),
        ({"data": {"url": "/a", "method": "GET"}}, Kind.HTTP),
        ({"category": "query"}, Kind.QUERY),
        ({"category": "db.sql.query"}, Kind.QUERY),
        ({"category": "redis"}, Kind.QUERY),
        ({"category": "navigation"}, Kind.NAVIGATION),
        ({"category": "ui.click"}, Kind.USER),
        ({"category": "console"}, Kind.LOG),
        ({"type": "log", "category": "shop.views"}, Kind.LOG),
        ({"type": "error"}, Kind.ERROR),
        ({"category": "sentry.transaction"}, Kind.TRANSACTION),
        ({"type": "subprocess"}, Kind.SYSTEM),
        ({"type": "default", "category": "shop"}, Kind.OTHER),
        ({}, Kind.OTHER),
    ],
)
def test_kinds(given_: dict[str, Any], kind: Kind) -> None:
    assert breadcrumbs.kind_of(Breadcrumb(**given_)) is kind


def said(**given_: Any) -> str:
    return breadcrumbs.summary(Breadcrumb(**given_))


def test_http_says_method_status_address_and_time() -> None:
    data = {"url": "https://api.x.de/a/b?c=1", "method": "get", "status_code": 503, "reason": "Unavailable"}
    line = breadcrumbs.line(Breadcrumb(type="http", data=data | {"duration_ms": 35}))
    assert "".join(piece.text for piece in line) == "GET 503 api.x.de/a/b?c=1  Unavailable  35 ms"
    assert line[1].role is Role.BAD
    assert said(category="fetch", data={"url": "/a", "method": "POST", "status_code": 204}) == "POST 204 /a"
    assert (
        breadcrumbs.line(Breadcrumb(category="xhr", data={"url": "/", "status_code": "200"}))[0].role
        is Role.GOOD
    )
    assert said(category="httplib", data={"url": "https://x/", "http.query": "a=1"}) == "x/?a=1"
    assert said(category="http", data={"url": "http://[", "duration": 1_500}) == "http://[  1.5 s"


def test_the_others_say_their_message_or_their_data() -> None:
    assert said(category="navigation", data={"from": "/a", "to": "/b"}) == "/a → /b"
    assert said(category="navigation", data={"to": "/b"}) == "→ /b"
    assert said(category="query", message="SELECT\n1", data={"duration": 3.25}) == "SELECT 1  3.25 ms"
    assert said(data={"a": True, "b": {"c": 1}, "d": [1, 2]}) == "a: true, b: {…}, d: [2]"
    assert said(data={"only": "this"}) == "this"
    assert said() == ""


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("SELECT 1", True),
        ("  (select 1)", True),
        ("/* hint */ UPDATE t SET a = 1", True),
        ("GET 'key'", False),
        ("selection changed", False),
        ("", False),
    ],
)
def test_sql_is_known_by_how_it_begins(text: str, is_sql: bool) -> None:
    assert breadcrumbs.is_sql_text(text) is is_sql


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
_NAMES = st.sampled_from(
    ["url", "method", "status_code", "duration", "from", "to", "reason", "http.query", "x"]
)


@given(
    st.none() | st.text(max_size=20),
    st.sampled_from([None, "http", "navigation", "query", "default", "ui.click"]),
    st.none() | st.text(max_size=3_000),
    st.dictionaries(_NAMES, _VALUES, max_size=6),
)
def test_any_breadcrumb_is_one_bounded_line(
    type_: str | None, category: str | None, message: str | None, data: dict[str, Any]
) -> None:
    text = breadcrumbs.summary(Breadcrumb(type=type_, category=category, message=message, data=data))
    assert "\n" not in text
    assert "\x1b" not in text
    assert len(text) < 8 * breadcrumbs.LONGEST_LINE
