"""XML from strangers: read as far as it goes, and never what it could do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import safe_xml


def root(body: bytes) -> safe_xml.Element:
    found, problem = safe_xml.read(body)
    assert problem is None
    assert found is not None
    return found


def test_elements_have_attributes_children_and_text() -> None:
    found = root(b'<?xml version="1.0"?><a n="1"><b> x &amp; y </b><b>second</b><c><d>deep</d></c></a>')
    assert (found.name, found.attributes) == ("a", {"n": "1"})
    assert [child.name for child in found.children] == ["b", "b", "c"]
    assert found.said("b") == "x & y"
    assert found.said("c", "d") == "deep"
    assert found.said("c", "no") is None


BOMB = b"""<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>"""
FILES = b"""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"""


@pytest.mark.parametrize("body", [BOMB, FILES, b"<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>"])
def test_a_document_type_ends_it(body: bytes) -> None:
    assert safe_xml.read(body) == (None, "a document type, which no notice needs")


def test_what_stands_before_a_fault_is_kept() -> None:
    found, problem = safe_xml.read(b"<a><b>x</b><c>y<d></a>")
    assert problem == "mismatched tag in line 1"
    assert found is not None
    assert found.said("b") == "x"


def test_an_entity_that_is_not_xmls_own_is_a_fault() -> None:
    assert safe_xml.read(b"<a>&nbsp;</a>")[1] == "undefined entity in line 1"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"<a>caf\xc3\xa9</a>", "café"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>", "café"),
        (b"<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", "€"),
        (b"<?xml version='1.0' encoding='UTF-16'?><a>x</a>", "x"),
        (b"\n  <a>x</a>", "x"),
        (b"\xef\xbb\xbf<a>x</a>", "x"),
        (b"<a><![CDATA[<b>]]></a>", "<b>"),
        (b"<a>\x00\x1b[31mred&#27;&#x0;</a>", "[31mred\ufffd\ufffd"),
    ],
)
def test_text_is_read_in_whatever_it_was_written(body: bytes, text: str) -> None:
    assert root(body).text == text


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 1_000_000,
        b"<a>" + b"<b/>" * 1_000_000,
        b"<a>" + b"x" * 20_000_000,
        b"<a" + b' b="' + b"x" * 10_000_000 + b'"/>',
        b"&#0;" * 4_000_000,
        b"<a>" + b"&amp;" * 4_000_000,
    ],
)
def test_what_is_too_much_ends_it_soon(body: bytes) -> None:
    start = time.process_time()
    assert safe_xml.read(body)[1] is not None
    assert time.process_time() - start < 2


@given(st.binary(max_size=300))
def test_nothing_raises(body: bytes) -> None:
    safe_xml.read(body)
    safe_xml.read(b"<a>" + body + b"</a>")
