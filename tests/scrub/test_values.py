"""Values of any shape, without their secrets."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.model import Frame
from app.preferences import ScrubPattern
from app.scrub import rules
from app.scrub.values import Scrubber
from tests.factories import make_event

SECRET = "hunter2secret"
OWN = rules.made([ScrubPattern(pattern="K-[0-9]+"), ScrubPattern(pattern="customer", is_field=True)])


def test_names_pairs_and_texts() -> None:
    told: list[tuple[str, str, str]] = []
    value = {
        "password": SECRET,
        "headers": [["Cookie", "a=1"], ["Accept", "text/html"]],
        "attributes": [{"key": "api_key", "value": {"stringValue": SECRET}}],
        "customer": 17,
        "text": "order K-99",
        "session": {"id": "abc", "secret": "x"},
    }
    clean = Scrubber(OWN, lambda *each: told.append(each)).value(value)
    assert clean == {
        "password": "[Filtered]",
        "headers": [["Cookie", "[Filtered]"], ["Accept", "text/html"]],
        "attributes": [{"key": "api_key", "value": {"stringValue": "[Filtered]"}}],
        "customer": "[Filtered]",
        "text": "order [Filtered]",
        "session": {"id": "abc", "secret": "[Filtered]"},
    }
    assert ("text", "K-[0-9]+", "K-99") in told
    assert {place for place, _rule, _what in told} >= {"password", "customer", "session.secret"}


def test_an_events_own_identity_stays_and_its_code_is_read_as_code() -> None:
    frame = Frame(
        function="pay", context=((1, "password = read()"), (2, "token = 'K-12'")), vars={"a": "K-1"}
    )
    event = make_event(value="K-7", tags={"customer": "Ada"})
    raised = event.exceptions[0].__class__(type="E", value="K-7", frames=(frame,))
    event = make_event(event_id=event.event_id, exceptions=(raised,), tags={"customer": "Ada"})
    clean = Scrubber(OWN, only_own=True).struct(event)
    assert clean.event_id == event.event_id
    assert clean.exceptions[0].value == "[Filtered]"
    assert clean.exceptions[0].frames[0].context == ((1, "password = read()"), (2, "token = '[Filtered]'"))
    assert clean.exceptions[0].frames[0].vars == {"a": "[Filtered]"}
    assert clean.tags == {"customer": "[Filtered]"}


def test_the_key_that_names_a_project_stays() -> None:
    assert Scrubber(rules.made(())).document({"apiKey": "shop", "inner": {"apiKey": "x"}}) == {
        "apiKey": "shop",
        "inner": {"apiKey": "[Filtered]"},
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(JSON)
def test_any_value_keeps_its_shape(value: Any) -> None:
    assert type(Scrubber(OWN).value(value)) is type(value)


@given(JSON, st.sampled_from(["password", "Customer", "csrf_token"]))
def test_a_secret_is_found_wherever_it_stands(value: Any, name: str) -> None:
    nested = {"outer": [{name: SECRET, "beside": value}]}
    assert SECRET not in repr(Scrubber(OWN).value(nested))
