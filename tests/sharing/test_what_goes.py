"""What a person left out does not go, and what is hidden is counted by place."""

from app.model import ExceptionInfo, Frame
from app.preferences import ScrubPattern
from app.scrub import rules
from app.sharing.what_goes import ALL, Parts, outgoing, place_name
from tests.factories import make_event
from tests.ui.detail.samples import make_detail

NONE = Parts(locals=False, request_body=False, user=False, breadcrumbs=False)


def test_parts_that_are_left_out_do_not_go() -> None:
    event = make_detail().event
    assert outgoing(event, rules.made(()), ALL).event == event
    gone = outgoing(event, rules.made(()), NONE).event
    assert not any(frame.vars for raised in gone.exceptions for frame in raised.frames)
    assert gone.request is not None
    assert gone.request.body is None
    assert (gone.user, gone.breadcrumbs) == ({}, ())


def test_what_is_hidden_is_counted_by_place() -> None:
    frame = Frame(vars={"password": "[Filtered]", "card": "K-1"})
    event = make_event(
        exceptions=(ExceptionInfo(type="E", value="K-2 K-3", frames=(frame,)),), tags={"t": "K-4"}
    )
    made = outgoing(event, rules.made([ScrubPattern(pattern="K-[0-9]")]))
    assert made.hidden == {"locals": 2, "exceptions": 2, "tags": 1}
    assert made.total == 5


def test_places_in_words() -> None:
    assert place_name("request.headers.Cookie") == "request headers"
    assert place_name("extra.a.b") == "extra"
