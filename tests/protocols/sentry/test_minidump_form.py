"""What Breakpad, Crashpad and Electron upload, and other forms with a crash."""

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.sketch import delivered
from tests.protocols import captures
from tests.protocols.minidumps import dumps
from tests.protocols.minidumps.dumps import Made

ID = "0123456789abcdef0123456789abcdef"
DUMP = Made().content()
# After the real dumps were written.
WRITTEN = 1_796_100_000_000_000
PATH = "/api/1/minidump/"


def form(*fields: tuple[str, str], files: tuple[tuple[str, str, bytes], ...] = ()) -> bytes:
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields]
    parts += [
        f'name="{name}"; filename="{file}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        + content
        for name, file, content in files
    ]
    return (
        b"".join(b"--b\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--b--\r\n"
    )


def delivery_of(
    body: bytes, path: str = PATH, content_type: str = "multipart/form-data; boundary=b"
) -> Delivery:
    protocol, arrival = captures.arrival(path, body, {"content-type": content_type}, b"sentry_key=shop")
    accepted = protocol.accept(arrival)
    head = f"POST {path} HTTP/1.1\r\nContent-Type: {content_type}".encode()
    report = captures.report_of(protocol.name, accepted, head, body, received_at=WRITTEN)
    found = protocol.read(report, body)
    assert protocol.outline is not None
    (outlined,) = delivered(protocol.outline(report, body)).events
    (event,) = found.events
    assert (outlined.event_id, outlined.title, outlined.release) == (
        event.event_id,
        event.title,
        event.release,
    )
    assert outlined.tags == event.tags
    return found


def event_of(*fields: tuple[str, str], files: tuple[tuple[str, str, bytes], ...] | None = None) -> Event:
    if files is None:
        files = (("upload_file_minidump", "a.dmp", DUMP),)
    (event,) = delivery_of(form(*fields, files=files)).events
    return event


def test_a_form_is_a_crash_with_its_dump_attached() -> None:
    found = delivery_of(
        form(files=(("upload_file_minidump", "a.dmp", DUMP), ("log", "app.log", b"last words")))
    )
    (event,) = found.events
    assert event.project == "shop"
    assert event.level is Level.FATAL
    assert event.title == "EXCEPTION_ACCESS_VIOLATION: memory that is not its own"
    assert event.culprit is not None
    assert event.culprit.startswith("libpay.so")
    assert [(file.filename, file.size) for file in event.attachments] == [
        ("a.dmp", len(DUMP)),
        ("app.log", 10),
    ]
    assert [file.content for file in found.attachments] == [DUMP, b"last words"]
    assert event.problems == ()


SAID = [
    [("sentry", '{"release": "1.2", "tags": {"area": "gpu"}, "environment": "beta"}')],
    [("sentry[release]", "1.2"), ("sentry[tags][area]", "gpu"), ("sentry[environment]", "beta")],
    [("sentry__2", '"tags": {"area": "gpu"}, "environment": "beta"}'), ("sentry__1", '{"release": "1.2", ')],
    [
        ("sentry___initialScope", '{"release": "1.2", "tags": {"area": "gpu"}}'),
        ("sentry[environment]", "beta"),
    ],
    [
        ("sentry", '{"tags": {"area": "gpu"}, "release": "0"}'),
        ("sentry", '{"release": "1.2", "environment": "beta"}'),
    ],
]


@pytest.mark.parametrize("fields", SAID)
def test_the_event_is_read_in_each_spelling(fields: list[tuple[str, str]]) -> None:
    event = event_of(*fields)
    assert (event.release, event.tags["area"], event.environment) == ("1.2", "gpu", "beta")
    assert event.extra.keys() <= {"exception.0.addresses", "threads.0.addresses", "debug_meta"}
    assert event.problems == ()


RELEASES = [
    ([("prod", "Shop"), ("ver", "2.1.0")], "Shop@2.1.0"),
    ([("_productName", "Shop"), ("_version", "2.1.0"), ("prod", "Electron")], "Electron@2.1.0"),
    ([("ver", "2.1.0")], "2.1.0"),
    ([("prod", "Shop")], None),
    ([("prod", "Shop"), ("ver", "2"), ("sentry[release]", "shop@3")], "shop@3"),
]


@pytest.mark.parametrize(("fields", "release"), RELEASES)
def test_product_and_version_are_the_release(fields: list[tuple[str, str]], release: str | None) -> None:
    assert event_of(*fields).release == release


def test_other_fields_are_kept() -> None:
    event = event_of(("guid", "1-2-3"), ("process_type", "renderer"), ("some", "field"))
    assert event.extra["guid"] == "1-2-3"
    assert event.extra["some"] == "field"
    assert event.tags == {"process_type": "renderer"}


def test_what_a_dump_says_of_the_app_counts_where_no_form_says_it() -> None:
    (event,) = delivery_of(dumps.real("crashpad-abort"), content_type="application/octet-stream").events
    assert event.release == "shop@2.1.0"
    assert event.contexts["crashpad"]["area"] == "gpu"
    assert event.attachments[0].filename == "minidump.dmp"


def test_the_id_of_the_event_is_answered() -> None:
    for fields in ([("sentry", json.dumps({"event_id": ID}))], [("sentry[event_id]", ID)]):
        body = form(*fields, files=(("upload_file_minidump", "a.dmp", DUMP),))
        protocol, arrival = captures.arrival(PATH, body, {}, b"sentry_key=shop")
        accepted = protocol.accept(arrival)
        assert accepted.event_id == ID
        assert protocol.answer(accepted).body == b"01234567-89ab-cdef-0123-456789abcdef"


def test_an_empty_request_is_refused() -> None:
    protocol, arrival = captures.arrival(PATH, b"", {}, b"sentry_key=shop")
    with pytest.raises(table.Malformed):
        protocol.accept(arrival)


@pytest.mark.parametrize(
    ("end", "pack"), [("gz", gzip.compress), ("xz", lzma.compress), ("bz2", bz2.compress)]
)
def test_a_packed_dump_is_unpacked(end: str, pack: Callable[[bytes], bytes]) -> None:
    found = delivery_of(form(files=(("upload_file_minidump", f"a.dmp.{end}", pack(DUMP)),)))
    assert found.attachments[0].content == DUMP
    assert found.events[0].attachments[0].filename == "a.dmp"
    assert found.events[0].exceptions


@pytest.mark.parametrize("cut", [-4, 40])
def test_a_packed_dump_that_is_damaged_says_so(cut: int) -> None:
    packed = gzip.compress(dumps.real("crashpad-segv"))[:cut]
    event = event_of(files=(("upload_file_minidump", "a.dmp.gz", packed),))
    assert any("packed" in problem for problem in event.problems)
    assert event.attachments


def test_what_is_no_dump_is_kept_with_the_reason() -> None:
    event = event_of(files=(("upload_file_minidump", "a.dmp", b"\x89PNG\r\n\x1a\n"),))
    assert event.title == "Native crash, see its minidump"
    assert event.problems == (
        "The file that should be a minidump is none: 8 bytes of image/png; it is kept as an attachment.",
    )
    assert event.attachments[0].size == 8


def test_a_form_without_a_dump_says_so() -> None:
    event = event_of(("prod", "Shop"), ("ver", "1"), files=())
    assert event.title == "Native crash, sent without its minidump"
    assert (event.release, event.problems) == ("Shop@1", ("The request brought no minidump.",))


def test_a_dump_in_a_field_of_another_name_is_found() -> None:
    assert event_of(files=(("dump", "x.bin", DUMP),)).exceptions


def packed(value: Any) -> bytes:
    return msgspec.msgpack.encode(value)


def test_sentry_natives_files_are_parts_of_the_event() -> None:
    said = {"release": "shop@3", "tags": {"area": "gpu"}, "event_id": ID, "level": "fatal"}
    crumbs = b"".join(packed({"message": f"step {n}", "timestamp": "2026-11-23T12:00:00Z"}) for n in range(3))
    found = delivery_of(
        form(
            files=(
                ("__sentry-event", "__sentry-event", packed(said)),
                ("__sentry-breadcrumb1", "__sentry-breadcrumb1", crumbs),
                ("__sentry-breadcrumb2", "__sentry-breadcrumb2", packed({"message": "last"})[:-1] + b"t\xde"),
                ("upload_file_minidump", "a.dmp", DUMP),
            )
        )
    )
    (event,) = found.events
    assert (event.event_id, event.release, event.tags) == (ID, "shop@3", {"area": "gpu"})
    assert [crumb.message for crumb in event.breadcrumbs] == ["step 0", "step 1", "step 2", "last"]
    assert [file.filename for file in event.attachments] == ["a.dmp"]


@pytest.mark.parametrize("content", [b"\xc1", b"\x93\x01", b"plain text"])
def test_a_file_of_that_name_that_is_something_else_is_attached(content: bytes) -> None:
    event = event_of(
        files=(("__sentry-event", "__sentry-event", content), ("upload_file_minidump", "a", DUMP))
    )
    assert [file.filename for file in event.attachments] == ["a", "__sentry-event"]


@pytest.mark.parametrize("path", ["/crashes", "/shop/post"])
def test_an_upload_to_any_other_address_is_read_too(path: str) -> None:
    body = form(("_productName", "Shop"), ("_version", "4"), files=(("upload_file_minidump", "a.dmp", DUMP),))
    (event,) = delivery_of(body, path).events
    assert (event.release, event.protocol) == ("Shop@4", "sentry.minidump")
    assert event.attachments
    (event,) = delivery_of(DUMP, path, "application/octet-stream").events
    assert event.exceptions


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["sentry", "sentry__1", "sentry[a]", "sentry[a][b]", "x"]), st.text(max_size=30)
        )
    ),
    st.binary(max_size=60),
    st.sampled_from(["upload_file_minidump", "__sentry-event", "__sentry-breadcrumb1", "log"]),
)
def test_nothing_raises(fields: list[tuple[str, str]], content: bytes, name: str) -> None:
    event_of(*fields, files=((name, "f", content), ("upload_file_minidump", "a.dmp", b"MDMP" + content)))
