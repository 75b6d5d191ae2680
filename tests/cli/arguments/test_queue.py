"""Acts on the queue and on channels."""

import pytest

from app.cli.arguments.parser import parser
from app.cli.arguments.values import QueueId


def test_reports_and_refused_requests_are_named_together() -> None:
    given = parser().parse_args(["queue", "retry", "3", "R7"])
    assert given.queue_ids == [QueueId(3, is_refused=False), QueueId(7, is_refused=True)]


def test_a_channel_is_checked_without_a_name() -> None:
    assert parser().parse_args(["channels", "check", "-"]).url == "-"
    assert parser().parse_args(["channels", "add", "me", "ntfy://x"]).name == "me"
    with pytest.raises(SystemExit):
        parser().parse_args(["channels", "add", "me"])
