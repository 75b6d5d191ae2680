import pytest

from app.model import Trimmed
from tests.protocols import captures
from tests.ui.detail.samples import bare_event
from ui.detail.values import remarks


def test_marks_of_clients() -> None:
    for mark in (
        "[Filtered]",
        "[FILTERED]",
        "[REDACTED]",
        "[DEPTH]",
        "[Circular ~]",
        "********",
        "[TRUNCATED]",
    ):
        assert remarks.is_mark(mark), mark
    for text in ("", "**", "filtered", "[x]", "[Filtered] x", "undefined behaviour"):
        assert not remarks.is_mark(text), text


@pytest.mark.parametrize(
    ("length", "rule", "words"),
    [
        (8_192, "limit", "cut by the client: 8,192 in all"),
        (8_192, None, "cut by the client: 8,192 in all"),
        (None, "limit", "removed by the client for its size"),
        (None, "config", "removed by the client as it is configured"),
        (12, "password:filter", "removed by the client by its rule password:filter"),
        (None, "error: invalid_data", "not understood by the client (invalid_data)"),
    ],
)
def test_what_was_done_in_words(length: int | None, rule: str | None, words: str) -> None:
    assert remarks.in_words(Trimmed(path=("extra",), length=length, rule=rule)) == words


def test_a_part_of_the_event_gets_what_was_done_in_it() -> None:
    event = bare_event(
        trimmed=(Trimmed(path=("extra", "a", "b"), length=3), Trimmed(path=("contexts", "a"), length=4))
    )
    assert remarks.below(event, "extra") == {("a", "b"): "cut by the client: 3 in all"}
    assert remarks.at(event.trimmed, ("contexts", "a")) == event.trimmed[1]
    assert remarks.at(event.trimmed, ("contexts",)) is None


def test_what_a_real_client_removed_is_where_it_says() -> None:
    (event,) = captures.load("sentry-python/handled").read().events
    assert event.trimmed
    for one in event.trimmed:
        value: object = event
        for step in one.path:
            if isinstance(value, dict):
                value = value[step]
            elif isinstance(value, (list, tuple)):
                value = value[int(step)]
            else:
                value = getattr(value, step)
        assert remarks.is_mark(str(value)), one
