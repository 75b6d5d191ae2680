"""The log: to stderr, with text from outside that can neither forge a record nor control a terminal."""

import logging
from collections.abc import Iterator

import pytest

from app import log
from tests.hostile import UNSHOWN


@pytest.fixture(autouse=True)
def root_logger() -> Iterator[None]:
    """Give the root logger its handlers and level back."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_text_from_outside_forges_no_record(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    logging.getLogger("x").warning("said %s", "a\n2026-01-01 ERROR forged\x1b[2J")
    printed = capsys.readouterr().err
    assert "\n    2026-01-01 ERROR forged‹1B›[2J" in printed
    assert not UNSHOWN.search(printed)


def test_warnings_go_to_stderr_and_less_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    logging.getLogger("x").info("too little")
    logging.getLogger("x").warning("enough")
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.endswith(" WARNING x: enough\n")
    assert "too little" not in streams.err


def test_traceback_is_logged_with_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure()
    try:
        raise ValueError("bad\x1b]0;title\x07")
    except ValueError:
        logging.getLogger("x").exception("failed")
    printed = capsys.readouterr().err
    assert "Traceback (most recent call last):\n" in printed
    assert "ValueError: bad‹1B›]0;title‹07›" in printed
