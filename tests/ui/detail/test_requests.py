"""Each type of request goes to its own handler."""

import pytest

from ui.detail.requests import AddNote, Handlers, Request, ShowEvent


def test_the_last_handler_of_a_type_gets_its_requests() -> None:
    handlers = Handlers()
    shown: list[int] = []
    others: list[Request] = []
    handlers.handle(ShowEvent, others.append)
    handlers.handle(ShowEvent, lambda request: shown.append(request.pk))
    handlers.handle(AddNote, others.append)
    handlers.dispatch(ShowEvent(7))
    handlers.dispatch(AddNote())
    assert (shown, others) == ([7], [AddNote()])


def test_one_without_a_handler_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Handlers().dispatch(AddNote())
