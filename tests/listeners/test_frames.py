"""The protocol between the digest and the process of `listeners.py`."""

import msgspec
import pytest

from app.listeners import frames
from app.listeners.frames import Announce, Announcement, Calling, Consider, Considered, Done, Load
from app.model import Level
from app.store.notices.notice import Notice


@pytest.mark.parametrize(
    "request_",
    [
        Load("listeners.py", ("key",)),
        Consider((b"{}", b"[]")),
        Announce(
            (
                Announcement(
                    signals=("notification_created",),
                    notice=Notice(
                        channel=None, issue_id=1, kind="new", level=Level.ERROR, title="a", body="b", count=1
                    ),
                    skip=("key",),
                ),
            )
        ),
    ],
)
def test_a_request_is_decoded_as_it_was_sent(request_: frames.Request) -> None:
    assert frames.request(frames.encode(request_)) == request_


def test_a_frame_has_any_number_of_answers() -> None:
    answers = (Calling("shout", "file:1", "key"), Considered(changes=b"{}"), Done(signals=("a",)))
    assert frames.answers(frames.encode(answers)) == answers


def test_something_else_is_refused() -> None:
    with pytest.raises(msgspec.MsgspecError):
        frames.request(b"no frame")
    with pytest.raises(msgspec.MsgspecError):
        frames.answers(frames.encode(Load("listeners.py")))
