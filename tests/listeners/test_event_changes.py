"""Any change of an event can be found, stored and applied again."""

from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.listeners import event_changes
from app.model import Breadcrumb, Event, Level
from app.protocols.event import headline
from tests.factories import make_event


def copied(event: Event) -> Event:
    return msgspec.json.decode(event_changes.encoded(event), type=Event)


words = st.text(st.characters(codec="utf-8"), max_size=20)
json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=10,
)
anything = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "level": st.sampled_from(Level),
        "release": st.none() | words,
        "tags": st.dictionaries(words, words, max_size=3),
        "extra": st.dictionaries(words, json, max_size=3),
        "fingerprint": st.lists(words, max_size=3).map(tuple),
        "exceptions": st.just(()),
    },
)


@given(anything)
def test_stored_changes_restore_the_changed_event(change: dict[str, Any]) -> None:
    event = make_event(release="1.0", tags={"a": "b"})
    changed = replace(event, **change)
    filed = replace(changed, title=headline.first_line(changed.title) or headline.UNLABELLED)
    kept = event_changes.changes(event, changed)
    assert event_changes.apply(event, kept) == filed
    assert (kept is None) == (filed == event)


def test_a_title_is_cut_to_one_short_line() -> None:
    event = make_event()
    kept = event_changes.changes(event, replace(event, title="\n" + "x" * 1_000_000 + "\ny"))
    assert event_changes.apply(event, kept).title == "x" * 299 + "…"


def test_only_fields_that_differ_are_stored() -> None:
    event = make_event()
    assert event_changes.changes(event, replace(event, title="Another")) == b'{"title":"Another"}'
    assert event_changes.changes(event, copied(event)) is None


def test_a_copy_can_be_changed_in_place() -> None:
    event = make_event(tags={"a": "b"})
    copy = copied(event)
    copy.tags["a"] = "c"
    assert event.tags == {"a": "b"}
    assert event_changes.changes(event, copy) == b'{"tags":{"a":"c"}}'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"event_id": "another"}, "must not change event_id"),
        ({"project": "blog", "protocol": "x"}, "must not change project, protocol"),
        ({"tags": {"a": 5}}, "tags"),
        ({"title": None}, "title"),
        ({"timestamp": datetime(2026, 1, 1)}, "zone"),  # noqa: DTZ001 - this is what it is about
        ({"breadcrumbs": (Breadcrumb(timestamp=datetime(2026, 1, 1)),)}, "zone"),  # noqa: DTZ001 - and this
        ({"extra": {"a": object()}}, "object"),
    ],
)
def test_a_result_that_is_no_valid_event_is_refused(change: dict[str, Any], said: str) -> None:
    event = make_event()
    with pytest.raises((TypeError, ValueError), match=said):
        event_changes.changes(event, replace(event, **change))


def test_stored_changes_of_an_older_version_that_do_not_fit_are_reported() -> None:
    event = make_event()
    shown = event_changes.apply(event, b'{"title":5,"gone":1}')
    assert shown.title == event.title
    assert "cannot be read any more" in shown.problems[0]
    assert event_changes.apply(event, b'{"title":"Another","gone":1}').title == "Another"
