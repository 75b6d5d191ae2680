"""Whatever comes in, what goes out is never a 500."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.receiver.conftest import Running

STATUS = re.compile(rb"HTTP/1\.1 (\d\d\d) ")
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PATHS = st.sampled_from([b"/api/1/envelope/", b"/api/1/store/", b"/v/1/", b"/api/%ff%00/store/", b"//"])
HEADER_VALUES = st.binary(max_size=40).map(lambda value: re.sub(rb"[\r\n\0]", b"", value))
NAMES = [b"Content-Encoding", b"Content-Type", b"X-Sentry-Auth", b"Host", b"Expect", b"Transfer-Encoding"]


def statuses(said: bytes) -> list[int]:
    return [int(status) for status in STATUS.findall(said)]


@OFTEN
@given(said=st.binary(max_size=400))
def test_any_bytes_on_the_wire(running: Running, said: bytes) -> None:
    assert 500 not in statuses(running.say(said))


@OFTEN
@given(
    path=PATHS | st.binary(max_size=60),
    header=st.tuples(st.sampled_from(NAMES), HEADER_VALUES),
    body=st.binary(max_size=400),
)
def test_any_path_header_and_body(
    running: Running, path: bytes, header: tuple[bytes, bytes], body: bytes
) -> None:
    said = running.say(
        b"POST %b HTTP/1.1\r\nHost: localhost\r\n%b: %b\r\nContent-Length: %d\r\n\r\n%b"
        % (path, *header, len(body), body)
    )
    assert 500 not in statuses(said)


@OFTEN
@given(path=PATHS, query=st.binary(max_size=60), body=st.binary(max_size=400))
def test_any_body_is_answered(running: Running, path: bytes, query: bytes, body: bytes) -> None:
    target = path + b"?" + bytes(byte for byte in query if byte > 32 and byte not in b"#")
    said = running.say(
        b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%b" % (target, len(body), body)
    )
    [status] = statuses(said)
    assert status in {200, 400, 404, 413, 415}
    assert b"access-control-allow-origin: *" in said
