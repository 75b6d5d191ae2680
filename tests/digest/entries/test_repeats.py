"""A repeated event is filed as if it had been the first: only its report, its id and its time are its own."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.digest import understanding
from app.digest.entries import entries, repeats
from app.digest.entries.entries import Entries
from app.digest.entries.repeats import Repeats
from app.digest.grouping.rules import GroupingRule, Ignore, RulePart
from app.model import Report
from app.protocols.sketch import Sketch
from app.settings import MIB
from tests.factories import NOON, SECOND, envelope, make_report
from tests.protocols import captures

LIMIT = 64 * MIB


def filed(known: Repeats, report: Report, rules: tuple[GroupingRule, ...] = ()) -> Entries:
    return known.entries(report, understanding.sketch(report, LIMIT), rules)


def plainly(report: Report, rules: tuple[GroupingRule, ...] = ()) -> Entries:
    return entries.of(report, understanding.outline(report, LIMIT), rules=rules)


def told(number: int, **event: Any) -> Report:
    """The same error again: another id, another second."""
    at = NOON + number * SECOND
    body = envelope(f"{number:032x}", timestamp=at / SECOND, **event)
    return make_report(number, at=at + 5_000, body=body)


def is_known(known: Repeats, report: Report, rules: tuple[GroupingRule, ...] = ()) -> bool:
    """Whether the event need not be built."""
    sketch = understanding.sketch(report, LIMIT)
    assert isinstance(sketch, Sketch)
    built = []

    def deliver() -> Any:
        built.append(report)
        return sketch.deliver()

    known.entries(report, msgspec.structs.replace(sketch, deliver=deliver), rules)
    return not built


def test_what_real_clients_sent_is_filed_the_same_again() -> None:
    known = Repeats()
    for name in captures.names():
        report = captures.load(name).report()
        assert filed(known, report) == filed(known, report) == plainly(report), name


def test_another_id_and_another_time_are_filed() -> None:
    known = Repeats()
    first, second = told(1), told(2)
    assert filed(known, first) == plainly(first)
    assert is_known(known, second)
    assert filed(known, second) == plainly(second)


PARTS = st.fixed_dictionaries(
    {},
    optional={
        "exception": st.sampled_from(
            ({"values": [{"type": "KeyError"}]}, [{"type": "KeyError"}], [{"type": "KeyError", "value": "1"}])
        ),
        "message": st.none() | st.sampled_from(("a", "b", {"message": "%s", "params": ["a"]})),
        "level": st.sampled_from(("error", "warning", 40, "odd")),
        "release": st.sampled_from((None, "shop@1", "shop@2")),
        "user": st.sampled_from(({"id": 1}, {"id": "1"}, {"email": "a@shop.example"})),
        "tags": st.sampled_from(({"a": "b"}, [["a", "b"]], {"password": "b"}, {"n": 2**80})),
        "timestamp": st.sampled_from((None, "2026-01-01T00:00:00Z", "never", 1e300)),
        "transaction": st.sampled_from((None, "/pay")),
        "fingerprint": st.lists(st.sampled_from(("a", "{{ default }}")), max_size=2),
    },
)


@given(st.lists(st.tuples(PARTS, st.sampled_from(("shop", "till"))), min_size=2, max_size=6))
def test_whatever_comes_before_makes_no_difference(events: list[tuple[dict[str, Any], str]]) -> None:
    known = Repeats()
    for number, (event, project) in enumerate(events, 1):
        report = make_report(number, project=project, body=envelope(f"{number:032x}", **event))
        assert filed(known, report) == plainly(report)


def test_rules_that_change_are_heeded() -> None:
    known = Repeats()
    rules = (GroupingRule(id=1, project=None, definition=Ignore(part=RulePart.TYPE, text="KeyError")),)
    filed(known, told(1))
    assert not is_known(known, told(2), rules)
    report = told(3)
    assert filed(known, report, rules) == plainly(report, rules) != plainly(report)
    assert is_known(known, told(4), rules)


@pytest.mark.parametrize("own_id", [None, "odd", "F" * 32, 7])
def test_an_event_may_name_its_id_as_it_likes(own_id: object) -> None:
    known = Repeats()
    for number in (1, 2):
        header = {"event_id": f"{number:032x}"}
        event = {"event_id": own_id, "exception": [{"type": "KeyError"}]}
        lines = (msgspec.json.encode(part) for part in (header, {"type": "event"}, event))
        report = make_report(number, body=b"\n".join(lines))
        assert filed(known, report) == plainly(report)


def test_what_is_remembered_has_its_limits() -> None:
    known = Repeats()
    large = {"message": "x" * repeats.LARGEST_BYTES}
    filed(known, told(1, **large))
    assert not is_known(known, told(2, **large))
    for number in range(repeats.MOST + 1):
        filed(known, told(number, transaction=f"/pay/{number}"))
    assert is_known(known, told(1, transaction=f"/pay/{repeats.MOST}"))
    assert not is_known(known, told(1, transaction="/pay/0"))


def test_after_many_of_which_none_is_known_few_are_looked_up_until_one_is_known() -> None:
    known = Repeats()
    for number in range(repeats.PATIENCE):
        filed(known, told(number, logger=f"no {number}"))
    same = [is_known(known, told(number)) for number in range(10 * repeats.LOOKED_UP)]
    first = same.index(True)
    assert repeats.LOOKED_UP <= first <= 2 * repeats.LOOKED_UP
    assert all(same[first:])
