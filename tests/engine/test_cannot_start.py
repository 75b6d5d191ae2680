"""Why an engine cannot start reaches a person as a sentence, and the window as a message."""

import pytest

from app.engine.cannot_start import CannotStart
from app.engine.child_protocol import StartFailed, format_engine_message, parse_engine_message


@pytest.mark.parametrize("port", [None, 1975])
def test_the_window_is_sent_all_that_is_known(port: int | None) -> None:
    error = CannotStart("port-taken", "Port 1974 is taken.\nPort 1975 is free.", port)
    assert str(error) == "Port 1974 is taken.\nPort 1975 is free."
    line = format_engine_message(error.message())
    assert "\n" not in line
    assert parse_engine_message(line) == StartFailed("port-taken", str(error), port)
