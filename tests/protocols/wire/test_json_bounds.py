"""How much JSON is read before it is fitted."""

from app.protocols.wire import json_bounds
from app.protocols.wire.notes import Notes


def test_json_is_fitted_only_after_it_was_pruned() -> None:
    notes = Notes()
    value = json_bounds.prune({"a": {"frames": [{"n": n} for n in range(100_000)]}}, notes)
    kept = [frame["n"] for frame in value["a"]["frames"]]
    assert kept == [*range(125), *range(99_875, 100_000)]
    assert notes.problems == ["Of 100,000 frames the first 125 and the last 125 are shown."]


def test_json_of_too_many_values_is_read_from_its_beginning() -> None:
    notes = Notes()
    payload = b"[" + b"{}," * json_bounds.MOST_VALUES + b"{},{}]"
    assert len(json_bounds.shorten(payload, notes)) < len(payload) // 2
    assert "objects and lists" in notes.problems[0]
    assert json_bounds.shorten(b'"' + b"x" * len(payload) + b'"', notes)[-1:] == b'"'


def test_bytes_end_before_the_mark_that_is_one_too_many() -> None:
    assert json_bounds.before_mark(b"a\nb\nc", b"\n", 2) == b"a\nb\nc"
    assert json_bounds.before_mark(b"a\nb\nc\nd", b"\n", 2) == b"a\nb"


def test_of_many_the_first_and_the_last_half_stay() -> None:
    assert json_bounds.halves([1, 2, 3], 3) == (1, 2, 3)
    assert json_bounds.halves([1, 2, 3, 4], 3) == (1, 3, 4)
