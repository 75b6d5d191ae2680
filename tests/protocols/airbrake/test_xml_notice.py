"""Notices of Airbrake's second API, as its clients for Ruby, PHP and browsers wrote them."""

from contextlib import suppress
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event
from app.protocols.airbrake import xml_notice
from app.protocols.wire.encoding_errors import EncodingError
from tests.protocols import captures, hostile

PATH = "/notifier_api/v2/notices"
NOTICE = """<?xml version="1.0" encoding="UTF-8"?>
<notice version="2.4">
  <api-key>shop-key</api-key>
  <notifier><name>Airbrake Notifier</name><version>3.1.2</version><url>http://api.example</url></notifier>
  <error>
    <class>PaymentError</class>
    <message>PaymentError: no card for &lt;ada&gt;</message>
    <backtrace>
      <line method="charge" file="[PROJECT_ROOT]/app/pay.rb" number="42"/>
      <line method="run" file="[GEM_ROOT]/gems/rack-1.4.1/lib/rack.rb" number="7"/>
    </backtrace>
    <cause><class>KeyError</class><message>no key</message><backtrace/></cause>
  </error>
  <framework>Rails: 3.2.8</framework>
  <request>
    <url>http://shop.example/cart?x=1</url><component>carts</component><action>pay</action>
    <params><var key="id">7</var><var key="card"><var key="holder">ada</var></var></params>
    <session><var key="csrf">none</var></session>
    <cgi-data>
      <var key="REQUEST_METHOD">POST</var><var key="HTTP_USER_AGENT">Mozilla/5.0</var>
      <var key="HTTP_HOST">shop.example</var><var key="SERVER_NAME">web1</var>
    </cgi-data>
  </request>
  <server-environment>
    <project-root>/srv/shop</project-root><environment-name>production</environment-name>
    <app-version>1.2.3</app-version><hostname>web1</hostname>
  </server-environment>
  <current-user><id>9</id><username>ada</username><email>ada@example.com</email></current-user>
  <more>kept</more>
</notice>"""


def events_of(body: bytes, *, path: str = PATH, query: str = "", content_type: str = "text/xml") -> Event:
    method = "GET" if query else "POST"
    headers = {"content-type": content_type}
    protocol, arrival = captures.arrival(path, body, headers, query.encode(), method)
    accepted = protocol.accept(arrival)
    assert accepted.event_id.encode() in protocol.answer(accepted).body
    address = f"{path}?{query}" if query else path
    head = f"{method} {address} HTTP/1.1\r\nContent-Type: {content_type}".encode()
    report = captures.report_of(protocol.name, accepted, head, body)
    (event,) = hostile.check(protocol.read(report, body))
    return event


def test_a_whole_notice() -> None:
    event = events_of(NOTICE.encode())
    cause, raised = event.exceptions
    assert event.project == "shop-key"
    assert event.title == "PaymentError: no card for <ada>"
    assert (cause.type, cause.value) == ("KeyError", "no key")
    assert [(frame.filename, frame.line, frame.function, frame.in_app) for frame in raised.frames] == [
        ("gems/rack-1.4.1/lib/rack.rb", 7, "run", False),
        ("app/pay.rb", 42, "charge", True),
    ]
    assert raised.frames[-1].abs_path == "/srv/shop/app/pay.rb"
    assert (event.environment, event.release, event.server_name) == ("production", "1.2.3", "web1")
    assert (event.transaction, event.platform) == ("carts#pay", "ruby")
    assert event.user == {"id": "9", "username": "ada", "email": "ada@example.com"}
    assert event.request is not None
    assert (event.request.method, event.request.url) == ("POST", "http://shop.example/cart?x=1")
    assert event.request.headers["User-Agent"] == "Mozilla/5.0"
    assert event.request.body == {"id": "7", "card": {"holder": "ada"}}
    assert event.modules == {"Rails": "3.2.8"}
    assert event.sdk is not None
    assert event.sdk.name == "Airbrake Notifier"
    assert event.extra == {"more": "kept", "session": {"csrf": "none"}}
    assert event.problems == ()


def test_a_form_and_an_address_may_hold_the_notice() -> None:
    form = urlencode({"data": NOTICE}).encode()
    for event in (
        events_of(form, content_type="application/x-www-form-urlencoded"),
        events_of(b"", query="data=" + quote(NOTICE)),
    ):
        assert (event.project, event.exceptions[-1].type) == ("shop-key", "PaymentError")


def test_a_notice_that_was_cut_keeps_what_came() -> None:
    event = events_of(NOTICE[: NOTICE.index("<framework>")].encode())
    assert event.title == "PaymentError: no card for <ada>"
    assert event.problems == (
        "The notice is not all XML: no element found in line 14; what stands before it was read.",
    )


@pytest.mark.parametrize("body", [b"<feed><entry/></feed>", b"no XML at all", b"<"])
def test_what_is_no_notice_is_kept(body: bytes) -> None:
    event = events_of(body)
    assert event.extra["payload"] == body.decode()
    assert event.problems


def test_a_notice_with_a_document_type_fetches_nothing() -> None:
    body = b'<!DOCTYPE notice [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + NOTICE[39:].encode()
    event = events_of(body)
    assert event.project == "shop-key"
    assert "a document type" in event.problems[0]


def test_the_key_is_found_without_reading() -> None:
    assert xml_notice.key_in(b"<notice><api-key> a1 </api-key>") == "a1"
    assert xml_notice.key_in(b"data=%3Capi-key%3Ea1%3C%2Fapi-key%3E") == "a1"
    assert xml_notice.key_in(b"<notice/>") == ""


@given(st.binary(max_size=200), st.integers(0, len(NOTICE)))
def test_nothing_raises(noise: bytes, at: int) -> None:
    whole = NOTICE.encode()
    # What begins as a compressed body does is refused before anybody reads it.
    with suppress(EncodingError):
        events_of(whole[:at] + noise + whole[at + len(noise) :])
