"""The signals of a user's listeners: by name, and with listeners that are not collected."""

import gc

from app import signals
from app.signals import Signal


def test_every_signal_is_in_the_table_under_its_name() -> None:
    named = {name: found for name, found in vars(signals).items() if isinstance(found, Signal)}
    assert named == signals.ALL


def test_listener_defined_in_a_function_is_called() -> None:
    signal = Signal()
    heard: list[int] = []

    def connect() -> None:
        @signal.connect
        def listener(_sender: object, *, issue_id: int) -> None:
            heard.append(issue_id)

    connect()
    gc.collect()
    signal.send(None, issue_id=7)
    assert heard == [7]


def test_connect_returns_the_listener_itself() -> None:
    def listener(_sender: object) -> None:
        """Is never called."""

    assert Signal().connect(listener) is listener
