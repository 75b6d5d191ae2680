"""Multipart bodies, taken apart without a byte lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import multipart

TYPE = "multipart/form-data; boundary=XyZ"


def body(*parts: tuple[str, bytes], end: bytes = b"--XyZ--\r\n", line: bytes = b"\r\n") -> bytes:
    whole = b""
    for disposition, content in parts:
        head = f"Content-Disposition: form-data; {disposition}".encode()
        whole += b"--XyZ" + line + head + line * 2 + content + line
    return whole + end


def taken(content: bytes, content_type: str = TYPE) -> list[tuple[str, str | None, bytes]]:
    return [(part.name, part.filename, part.content) for part in multipart.parts(content, content_type)]


@given(st.binary(max_size=200).filter(lambda content: b"--XyZ" not in content))
def test_a_file_stays_as_it_is(content: bytes) -> None:
    assert taken(body(('name="f"; filename="a.dmp"', content), ('name="g"', b"x"))) == [
        ("f", "a.dmp", content),
        ("g", None, b"x"),
    ]


@pytest.mark.parametrize(
    "content", [b"\r\n--notboundary\r\n", b"\r\n--XyZabc\r\n", b"text --XyZ\r\n", b"\n--XyZ--x\r\nmore", b""]
)
def test_what_only_looks_like_the_boundary_is_content(content: bytes) -> None:
    assert taken(body(('name="f"', content))) == [("f", None, content)]


@pytest.mark.parametrize("content_type", ["", "multipart/form-data", "multipart/form-data; boundary=other"])
def test_without_a_boundary_the_first_line_is_it(content_type: str) -> None:
    assert taken(body(('name="f"', b"x")), content_type) == [("f", None, b"x")]


def test_lines_may_end_without_a_carriage_return() -> None:
    assert taken(body(('name="f"', b"x"), line=b"\n")) == [("f", None, b"x")]


def test_what_stands_before_the_first_boundary_is_no_part() -> None:
    assert taken(b"for people\r\n" + body(('name="f"', b"x"))) == [("f", None, b"x")]


def test_a_body_that_was_cut_keeps_its_last_part() -> None:
    assert taken(body(('name="f"', b"MDMP\0\0"), end=b"")[:-2]) == [("f", None, b"MDMP\0\0")]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('name=f; filename="a \\"b\\".dmp"', 'a "b".dmp'),
        ("name=f; filename*=UTF-8''na%C3%AFve.dmp", "naïve.dmp"),
        ("name=f; filename=plain.dmp", "plain.dmp"),
        ('name=f; filename=""', ""),
    ],
)
def test_names_of_files_are_read_in_every_spelling(disposition: str, name: str) -> None:
    assert taken(body((disposition, b"x"))) == [("f", name, b"x")]


@pytest.mark.parametrize(
    ("encoding", "sent", "meant"),
    [
        ("base64", b"aGk=", b"hi"),
        ("quoted-printable", b"h=69", b"hi"),
        ("base64", b"!", b""),
        ("8bit", b"hi", b"hi"),
    ],
)
def test_an_encoding_of_mails_is_undone(encoding: str, sent: bytes, meant: bytes) -> None:
    head = (
        f'--XyZ\r\nContent-Disposition: form-data; name="f"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n'
    )
    assert taken(head.encode() + sent + b"\r\n--XyZ--")[0][2] == meant


@given(st.binary(max_size=300), st.sampled_from(["", TYPE, 'multipart/x; boundary="--"']))
def test_nothing_raises(content: bytes, content_type: str) -> None:
    taken(content, content_type)
    taken(b"--XyZ\r\n" + content, content_type)


@pytest.mark.parametrize("piece", [b"--XyZ", b"\r\n--XyZ\r\n", b"\r\n--XyZ--x", b"\n"])
def test_a_body_full_of_boundaries_takes_no_time(piece: bytes) -> None:
    content = b"--XyZ\r\n" + piece * (4_000_000 // len(piece))
    start = time.process_time()
    assert len(taken(content)) <= multipart.MOST_PARTS
    assert time.process_time() - start < 3
