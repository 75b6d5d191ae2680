"""The quick look on the receive path. That it agrees with the whole reading is tested in `test_envelope`."""

import pytest

from app.protocols.protocol import Malformed
from app.protocols.sentry import envelope_check


def test_the_id_and_the_dsn_of_an_incomplete_header_are_read() -> None:
    part = b'{"event_id": "%b", "dsn": "http://shop@localhost/1", "trace": {"ba' % (b"ab" * 16)

    header, _items = envelope_check.check_header(part, complete=False)

    assert (header.event_id, header.dsn) == ("ab" * 16, "http://shop@localhost/1")


def test_what_cannot_be_read_is_refused_with_its_place() -> None:
    body = b'{"event_id":"ab"}\nno header\n'
    _header, items = envelope_check.check_header(body, complete=True)

    with pytest.raises(Malformed, match="item header is not JSON") as refused:
        envelope_check.check(body, items)

    assert refused.value.offset == body.index(b"no header")


def test_an_empty_body_is_refused() -> None:
    with pytest.raises(Malformed, match="empty"):
        envelope_check.check_header(b"\r\n", complete=True)
