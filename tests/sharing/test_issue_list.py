"""Many issues as text and as a page: every line is one issue, and no secret goes."""

import json

import pytest

from app.preferences import Preferences
from app.sharing import issue_list
from tests.factories import Store, make_event
from tests.regrouping.conftest import shop as shop
from tests.regrouping.shop import Shop

NOTHING_CHOSEN = Preferences()


@pytest.fixture
def filed(store: Store) -> Store:
    store.file(make_event("KeyError", "<b>'card' | `x`</b>"))
    store.file(make_event("ValueError", "password=hunter2", function="other"))
    return store


def text(store: Store, form: str) -> str:
    issues = issue_list.in_order(store.read(issue_list.read, [1, 2, 404]))
    return issue_list.as_text(issues, form, NOTHING_CHOSEN)


def test_titles_are_lines_with_the_newest_first(filed: Store) -> None:
    second, first = text(filed, issue_list.TITLES).splitlines()
    assert first == "KeyError: <b>'card' | `x`</b>"
    assert second.startswith("ValueError")
    assert "hunter2" not in second


def test_a_markdown_list_says_where_and_how_often(filed: Store) -> None:
    lines = text(filed, issue_list.MARKDOWN).splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("- ``")
    assert " · shop · error · open · 1× · last seen 2026-" in lines[1]
    assert lines[1].endswith("issue 1")


def test_json_lines_are_those_of_the_command_line(filed: Store) -> None:
    first, second = map(json.loads, text(filed, issue_list.JSON).splitlines())
    assert (first["id"], second["id"]) == (2, 1)
    assert second["type"] == "KeyError"
    assert "hunter2" not in json.dumps(first)


def test_the_page_shows_events_and_escapes_all(shop: Shop, store: Store) -> None:
    shop.send("charge", value="<script>alert(1)</script> password=hunter2")
    shop.send("refund")
    issues = issue_list.in_order(store.read(issue_list.read, [1, 2]))
    texts = store.read(issue_list.event_texts, issues[1:], NOTHING_CHOSEN)
    assert set(texts) == {1}
    page = issue_list.as_page(issues, texts, NOTHING_CHOSEN)
    assert page.count("<details>") == 1
    assert "<script>" not in page
    assert "hunter2" not in page
    assert "2 issues" in page
    assert "first 1 issue is shown" in page
    assert "charge" in page
