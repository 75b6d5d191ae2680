"""JSON for scripts: one line, exact for every JSON parser, and harmless in a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.json_lines import EVENT_FIELDS, ISSUE_FIELDS, as_json
from app.model import EventSummary, Issue
from tests.factories import make_event
from tests.hostile import UNSHOWN


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_is_exact_on_one_line_and_without_control_characters(text: str) -> None:
    line = as_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert line.isprintable()
    assert not UNSHOWN.search(line)


def test_only_the_wanted_fields_are_written_in_their_order() -> None:
    event = make_event()
    line = as_json(event, ("project", "event_id"))
    assert list(json.loads(line).items()) == [("project", "shop"), ("event_id", event.event_id)]


@pytest.mark.parametrize(("fields", "struct"), [(ISSUE_FIELDS, Issue), (EVENT_FIELDS, EventSummary)])
def test_fields_of_the_contract_exist(fields: tuple[str, ...], struct: type[Issue | EventSummary]) -> None:
    assert set(fields) <= set(struct.__struct_fields__)
