"""Files are recognised by what they contain; hostile ones are refused with a sentence."""

import gzip
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import report_file
from app.protocols.report_file import NotAReport
from app.sharing import html_page, import_files
from app.sharing.import_files import CannotImport
from tests.factories import envelope, make_event
from tests.protocols.test_report_file import made

EVENT_ID = "0123456789abcdef0123456789abcdef"


def read(path: Path, data: bytes) -> report_file.ReportFile:
    path.write_bytes(data)
    return report_file.read(import_files.read(path))


def test_exported_files_are_taken_as_they_are(tmp_path: Path) -> None:
    event = make_event(event_id=EVENT_ID)
    page = html_page.as_html(event, None).encode()
    assert read(tmp_path / "page.txt", page).event_id == EVENT_ID
    assert read(tmp_path / "a.arecibo", report_file.write(made(event_id=EVENT_ID))).event_id == EVENT_ID


def test_reports_of_clients_are_wrapped(tmp_path: Path) -> None:
    file = read(tmp_path / "my shop.envelope", envelope(EVENT_ID))
    assert (file.project, file.event_id, file.protocol) == ("my-shop", EVENT_ID, "plain")
    first = read(tmp_path / "log.txt", b"Traceback: boom")
    assert first.event_id == read(tmp_path / "log.txt", b"Traceback: boom").event_id
    assert first.event_id != read(tmp_path / "log.txt", b"Traceback: another").event_id


def test_an_envelopes_dsn_names_the_project(tmp_path: Path) -> None:
    for key, project in (("shop", "shop"), ("0" * 32, "file")):
        header = b'{"event_id":"%s","dsn":"http://%s@localhost:1974/1"}' % (EVENT_ID.encode(), key.encode())
        body = header + b'\n{"type":"event"}\n{}\n'
        assert read(tmp_path / "file", body).project == project


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b" ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
        (gzip.compress(b"x", mtime=0), "neither"),
        (b"<!DOCTYPE html><p>some page", "none that Arecibo"),
        (report_file.write(made(body=report_file.write(made()))), "within an import"),
        (report_file.write(made(protocol="import")), "within an import"),
        (b"POST / HTTP/1.1\r\nArecibo-Report: 9\r\n\r\n", "version 9"),
    ],
)
def test_others_are_refused_with_a_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(CannotImport, match=rf"^a\.bin cannot be imported: .*{re.escape(said)}"):
        read(tmp_path / "a.bin", data)


def test_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "huge.arecibo"
    with file.open("wb") as opened:
        opened.truncate(1 << 30)
    with pytest.raises(CannotImport, match="1,024 MiB"):
        import_files.read(file)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "nothing"):
        with pytest.raises(CannotImport, match="no file"):
            import_files.read(path)


@given(st.binary(max_size=300))
def test_any_bytes_are_wrapped_or_refused(data: bytes) -> None:
    try:
        report_file.read(import_files.body_of(data, "name"))
    except NotAReport as error:
        assert str(error)
