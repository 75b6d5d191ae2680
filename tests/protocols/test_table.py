import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import table
from app.protocols.wire import encoding
from tests.protocols import captures

ID = "0123456789abcdef0123456789abcdef"
ENVELOPE = b'{"event_id":"%s"}\n{"type":"event"}\n{}\n' % ID.encode()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/1/envelope/", "sentry.envelope"),
        ("/api/1/envelope", "sentry.envelope"),
        ("/some/prefix/api/42/envelope/", "sentry.envelope"),
        ("/api/1/store/", "sentry.store"),
        ("/prefix/api/1/store", "sentry.store"),
        ("/v/1/", "arecibo.v1"),
        ("/v/1", "arecibo.v1"),
        ("/my_app/v/1/", "arecibo.v1"),
        ("/stream", "sentry.stream"),
        ("/my_app/tunnel", "sentry.stream"),
        ("/gelf", "gelf"),
        ("/my_app/gelf/", "gelf"),
        ("/loki/api/v1/push", "loki"),
        ("/my_app/loki/api/v1/push", "loki"),
        ("/log", "logging.post"),
        ("/csp", "browser.report"),
        ("/my_app/csp-report", "browser.report"),
        ("/reports", "browser.report"),
        ("/reports-default", "browser.report"),
        ("/browser/my_app/whatever/they/like", "browser.report"),
        ("/api/1/security/", "browser.report"),
        ("/my_app/email", "email"),
    ],
)
def test_routes(path: str, name: str) -> None:
    found = table.find(path)

    assert found is not None
    assert found[0].name == name
    assert table.by_name(name) is found[0]


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/", None),
        ("//", None),
        ("/shop", "shop"),
        ("/shop/", "shop"),
        ("/api/errors", "errors"),
        ("/v/2/", "2"),
        ("/api/1/envelope/x", "x"),
        ("/of two\nlines", "of two\nlines"),
    ],
)
def test_every_other_path_takes_what_has_no_client(path: str, project: str | None) -> None:
    found = table.find(path)

    assert found is not None
    assert found[0] is table.CATCH_ALL
    assert found[0].name == "plain"
    assert found[1].groups() == (project,)


@pytest.mark.parametrize(
    ("path", "name"), [("/log", "logging.get"), ("/shop/log", "logging.get"), ("/", None)]
)
def test_a_report_may_come_in_an_address(path: str, name: str | None) -> None:
    found = table.find(path, "GET")

    assert (found and found[0].name) == name


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/browser/shop/x", "shop"),
        ("/shop/csp", "shop"),
        ("/csp", ""),
        ("/api/7/security/", "7"),
        ("/shop/log", "shop"),
        ("/log", ""),
        ("/shop/gelf", "shop"),
        ("/shop/loki/api/v1/push", "shop"),
        ("/shop", "shop"),
        ("/", ""),
    ],
)
def test_a_path_names_the_project(path: str, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}")

    assert protocol.accept(request).project == project


def test_names_are_unique_and_every_row_says_what_it_expects() -> None:
    assert len({protocol.name for protocol in table.PROTOCOLS}) == len(table.PROTOCOLS)
    assert all(protocol.expects for protocol in table.PROTOCOLS)
    with pytest.raises(KeyError):
        table.by_name("nothing")


def test_answers_have_the_shape_that_clients_know() -> None:
    accepted = table.Accepted("shop", ID)

    for name in ("sentry.envelope", "sentry.store"):
        answer = table.by_name(name).answer(accepted)
        assert (answer.status, answer.content_type) == (200, b"application/json")
        assert answer.body == b'{"id": "%s"}' % ID.encode()
    assert table.by_name("arecibo.v1").answer(accepted).body == b"Error recorded"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/1/envelope/", b""),
        ("/api/1/envelope/", b"hello"),
        ("/api/1/envelope/", b'{}\n{"length":10}\n{}'),
        ("/api/1/store/", b""),
        ("/api/1/store/", b"[]"),
        ("/v/1/", b""),
        ("/v/1/", b" \r\n"),
        ("/", b""),
        ("/shop", b"\r\n"),
        ("/gelf", b""),
        ("/loki/api/v1/push", b""),
        ("/log", b""),
        ("/csp", b""),
        ("/email", b" "),
    ],
)
def test_malformed_requests_are_refused(path: str, body: bytes) -> None:
    protocol, request = captures.arrival(path, body)

    with pytest.raises(table.Malformed):
        protocol.accept(request)


@pytest.mark.parametrize("name", captures.cases(captures.names()))
def test_every_real_request_is_accepted(name: str) -> None:
    accepted = captures.load(name).accept()

    assert accepted.project in {"", "abc123"} or name.split("/", maxsplit=1)[0] not in SENTRY
    assert re.fullmatch("[0-9a-f]{32}", accepted.event_id)


SENTRY = {"sentry-node", "sentry-node-7", "sentry-python", "sentry-python-1.45", "raven-python"}
NAMELESS = ("/", "/gelf", "/csp", "/log", "/loki/api/v1/push", "/stream")
PATHS = st.sampled_from(["/api/1/envelope/", "/api/1/store/", "/v/1/", "/shop", "/shop/email", *NAMELESS])
HEADERS = st.lists(
    st.tuples(
        st.sampled_from([b"x-sentry-auth", b"authorization", b"content-encoding", b"x"]),
        st.sampled_from([b"gzip", b"br", b"sentry_key=", b"sentry_key=%ff\xff"]) | st.binary(max_size=30),
    ),
    max_size=4,
)
BODIES = st.binary(max_size=300) | st.sampled_from(
    [ENVELOPE, b'{"event_id":"', b"account=%zz&uid=", b"--x\r\n"]
)


@given(PATHS, BODIES, HEADERS, st.binary(max_size=30))
def test_accept_takes_or_refuses_anything(
    path: str, body: bytes, headers: list[tuple[bytes, bytes]], query: bytes
) -> None:
    found = table.find(path)
    assert found is not None
    protocol, match = found
    try:
        accepted = protocol.accept(table.HttpRequest(path, match.groups(), query, headers, body, "::1"))
    except (table.Malformed, encoding.EncodingError) as error:
        assert str(error)
    else:
        assert re.fullmatch("[0-9a-f]{32}", accepted.event_id)
        assert accepted.project or path in NAMELESS
        accepted.project.encode()


LOADED_FOR = """
import sys
from app.model import Report
from app.protocols import table

def read(name, content_type, body):
    head = f"POST / HTTP/1.1\\r\\ncontent-type: {content_type}".encode()
    report = dict(id=1, received_at=0, project="shop", event_id="0" * 32, remote="", head=head, body=body)
    table.by_name(name).read(Report(protocol=name, **report), body)

scopes = b'[{"logRecords": [{"severityNumber": 17}]}]'
read("otlp.logs", "application/json", b'{"resourceLogs": [{"scopeLogs": %b}]}' % scopes)
read("loki", "application/json", b'{"streams": [{"stream": {}, "values": [["1", "ERROR no card"]]}]}')
if sys.argv[1] == "protobuf":
    read("otlp.logs", "application/x-protobuf", bytes([10, 0]))
    read("loki", "application/x-protobuf", bytes([10, 0]))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"google", "opentelemetry", "aiosmtpd"}))
"""


@pytest.mark.parametrize(("encoding", "loaded"), [("json", ""), ("protobuf", "google opentelemetry")])
def test_only_a_request_in_protobuf_loads_protobuf(encoding: str, loaded: str) -> None:
    """Its classes take a sixth of a second to load, which neither the receiver nor the window has."""
    command = [sys.executable, "-c", LOADED_FOR, encoding]

    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == loaded
