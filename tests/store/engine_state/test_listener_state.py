"""What is left out of listeners.py is kept for one version of the file, and said in words."""

from app.model import from_micros
from app.store.engine_state import listener_state
from app.store.engine_state.listener_state import ListenerState
from tests.factories import NOON, Store


def test_only_the_newest_version_is_stored(store: Store) -> None:
    assert store.read(listener_state.read) is None
    first = ListenerState(version="1", deaths=1, functions={"event_created f x:1": "f"})
    store.write(listener_state.replace, first)
    assert store.read(listener_state.read) == first
    second = ListenerState(version="2", deaths=2, left_out_at=NOON, why="f: exit code 1")
    store.write(listener_state.replace, second)
    assert store.read(listener_state.read) == second
    store.write(listener_state.replace, None)
    assert store.read(listener_state.read) is None


def test_what_is_left_out_is_said_with_the_reason_and_what_to_do(store: Store) -> None:
    store.write(listener_state.replace, ListenerState(version="1", deaths=1))
    assert store.read(listener_state.left_out) is None
    store.write(listener_state.replace, ListenerState(version="1", deaths=1, functions={"k": "b", "l": "a"}))
    found = store.read(listener_state.left_out)
    assert found is not None
    assert found.sentence == "Called no more, as it hung: a, b. Save listeners.py to try again."
    state = ListenerState(version="1", deaths=2, left_out_at=NOON, why="a: SIGSEGV")
    store.write(listener_state.replace, state)
    found = store.read(listener_state.left_out)
    assert found is not None
    assert found.since == from_micros(NOON)
    assert found.sentence.endswith(": a: SIGSEGV. Save the file to try again.")
