"""A request with its secrets, read from its report again."""

from app.detail import read_event
from app.request_text import as_sent
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals


def test_a_request_is_read_as_it_was_sent(database: Database) -> None:
    arrivals = Arrivals(database)
    headers = {"Authorization": "Bearer abcdefghijklmnop"}
    pk = arrivals.send(request={"url": "http://a/", "headers": headers, "data": {"password": "hunter22"}})
    with database.reading() as connection:
        detail = read_event(connection, pk)
    assert detail is not None
    assert detail.event.request is not None
    assert detail.event.request.headers["Authorization"] == "Bearer [Filtered]"
    sent = as_sent.request_of(detail.event, detail.raw_head, detail.raw_body)
    assert sent is not None
    assert sent.headers["Authorization"] == "Bearer abcdefghijklmnop"
    assert sent.body == {"password": "hunter22"}
