"""JSON that is exact, and that acts on no terminal."""

import json

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from app.cli.json_lines import EVENT_FIELDS, ISSUE_FIELDS, as_json
from app.store.inbox import events, issues
from tests.factories import Store, make_event

ANY_CHARACTER = st.characters(exclude_categories=())


class Named(Struct):
    """Something with two fields."""

    name: str
    number: int = 7


@given(text=st.text(ANY_CHARACTER))
def test_any_text_is_one_printable_line_that_reads_back(text: str) -> None:
    line = as_json(Named(text))
    assert line.isprintable()
    assert json.loads(line) == {"name": text, "number": 7}


def test_text_that_does_nothing_stays_readable() -> None:
    assert as_json(Named("Ünïcode 漢字")) == '{"name":"Ünïcode 漢字","number":7}'
    assert as_json(Named("\x1b[31m\u202e\x7f漢")) == r'{"name":"\u001b[31m\u202e\u007f漢","number":7}'


def test_only_the_fields_that_are_asked_for_are_in_it() -> None:
    assert as_json(Named("a"), ("number",)) == '{"number":7}'


def test_the_fields_of_the_contract_are_there_in_order(store: Store) -> None:
    store.file(make_event())
    (issue,) = store.read(issues.page, issues.IssueFilter())
    (event,) = store.read(events.summaries)
    assert tuple(json.loads(as_json(issue, ISSUE_FIELDS))) == ISSUE_FIELDS
    assert tuple(json.loads(as_json(event, EVENT_FIELDS))) == EVENT_FIELDS
