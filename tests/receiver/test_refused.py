"""A refusal says what the client is told, and holds on to nothing once it is detached."""

import gc
import weakref

from app.receiver.refused import Refused


class Body:
    """Something large that was refused."""


def refuse(body: Body) -> Refused:
    try:
        try:
            raise ValueError(body)
        except ValueError as error:
            raise Refused(413, "Too large.", offset=3, retry_after=5) from error
    except Refused as refused:
        return refused


def test_a_detached_refusal_holds_neither_its_cause_nor_the_frames_that_raised_it() -> None:
    body = Body()
    referred = weakref.ref(body)
    refused = refuse(body)
    del body
    gc.collect()
    assert referred() is not None, "without being detached it holds it"
    assert refused.detached() is refused
    gc.collect()
    assert referred() is None
    assert (refused.status, refused.reason, refused.offset, refused.retry_after) == (413, "Too large.", 3, 5)
    assert str(refused) == "Too large."
