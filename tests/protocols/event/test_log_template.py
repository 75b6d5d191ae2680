from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.event import log_template


@pytest.mark.parametrize(
    ("template", "params", "text"),
    [
        ("Order {} failed for {}", ["42", "ada"], "Order 42 failed for ada"),
        ("{1} before {0}", ["a", "b"], "b before a"),
        ("Order {id} failed", {"id": "42"}, "Order 42 failed"),
        ("Order {Id} for {@User} by {$By}", ["42", {"n": 1}, None], 'Order 42 for {"n": 1} by null'),
        ("{0:N2} of {1,-10} and {2!r}", [1.5, "x", "y"], "1.5 of x and y"),
        ("{{x}} {}", ["1"], "{x} 1"),
        ("{a.b} and {missing}", {"a.b": 3}, "3 and {missing}"),
        ('{"a": 1} {}', ["y"], '{"a": 1} y'),
        ("Hi ${name}", {"name": "ada"}, "Hi ada"),
        ("%{name} left", {"name": "ada"}, "ada left"),
        ("%<n>.2f left", {"n": 3}, "3 left"),
        ("%2$s before %1$s", ["a", "b"], "b before a"),
        ("%v != %+v (%d)", ["a", "b", "3"], "a != b (3)"),
        ("%j %o", [{"a": 1}, [1]], '{"a": 1} [1]'),
        ("100% for {}", ["x"], "100% for x"),
        ("%d%%", [91], "91%"),
        ("%d", ["x"], "%d"),
        ("{} of {}", ["one"], "one of {}"),
        ("{}", "one", "one"),
        ("{id} and %(id)s and {}", [{"id": 3}], '3 and %(id)s and {"id": 3}'),
        ("%(id)s", [{"id": 3}], "3"),
        ("{0} {1}", {"0": "a", "1": "b"}, "a b"),
        ("100%", ["x"], "100%"),
        ("no {} here", [], "no {} here"),
        ("no {} here", None, "no {} here"),
        ("nothing", ["x"], "nothing"),
    ],
)
def test_filling(template: str, params: Any, text: str) -> None:
    assert log_template.fill(template, params) == text


@pytest.mark.parametrize("placeholder", ["{0}", "%(a)s", "{a}"])
def test_a_template_that_would_fill_the_memory_stays(placeholder: str) -> None:
    template = placeholder * 5_000
    params = {"a": "x" * 100_000} if "a" in placeholder else ["x" * 100_000]
    assert log_template.fill(template, params) == template


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.text("{}%$@sd0a:,!()<> ", max_size=20) | st.text(max_size=20), _JSON)
def test_anything_gives_a_text(template: str, params: Any) -> None:
    assert isinstance(log_template.fill(template, params), str)
