"""Bodies by their content types."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.model import Request, Trimmed
from app.request_text import body
from app.request_text.body import ReadBody

PARTS = (
    '--XyZ\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n'
    '--XyZ\r\nContent-Disposition: form-data; name="photo"; filename="../x.png"\r\n'
    "Content-Type: image/png\r\n\r\n\x00\x01\x02\x03\r\n--XyZ--\r\n"
)


def read(sent: Any, media: str = "", **headers: str) -> ReadBody:
    given_ = {"Content-Type": media} if media else {}
    return body.read(Request(method="POST", url="http://a/", headers=given_ | headers, body=sent))


def test_json_is_values() -> None:
    assert read('{"a": 1}', "application/json; charset=utf-8").values == {"a": 1}
    assert read({"a": 1}).kind == read('{"a": 1}').kind == "JSON"
    assert read([1, {"b": 2}]).values == read('[1, {"b": 2}]').values == {"0": 1, "1": {"b": 2}}


def test_json_that_was_cut_is_text_that_says_so() -> None:
    cut = read('{"a": 1', "application/json")
    assert (cut.kind, cut.language) == ("text", "json")
    assert "no complete JSON" in cut.note
    assert (
        read('{"a": 1', "application/json", **{"Content-Length": "99"}).note
        == "The client sent 7 of 99 bytes of it."
    )


def test_a_form_is_values() -> None:
    form = "application/x-www-form-urlencoded"
    assert read("a=1&b=x%20y&a=2&c=", form).values == {"a": ["1", "2"], "b": "x y", "c": ""}
    assert read({"a": "1"}, form).kind == "form"
    assert read("&".join(["a"] * 5_000), form).kind == "text"


def test_the_parts_of_a_form_with_files_have_their_names() -> None:
    found = read(PARTS, "multipart/form-data; boundary=XyZ")
    assert found.kind == "form with files"
    assert found.values == {"note": "hello", "photo": {"file": "../x.png", "type": "image/png", "size": 4}}
    assert read("no boundary", "multipart/form-data").kind == "text"


def test_a_query_of_graphql_stands_apart_from_its_variables() -> None:
    found = read({"query": "query Q { a }", "variables": {"x": 1}}, "application/json")
    assert (found.kind, found.text, found.values) == ("GraphQL", "query Q { a }", {"variables": {"x": 1}})
    assert read('{"query": "{ a }"}').kind == read("{ a }", "application/graphql").kind == "GraphQL"
    assert read({"query": "tea and cups"}).kind == "JSON"


def test_markup_text_and_bytes_are_text() -> None:
    assert (read("<a/>", "text/xml").kind, read("<a/>").language) == ("XML", "markup")
    assert read("<!DOCTYPE html><p>").kind == "HTML"
    assert read("a,b\n1,2", "text/csv") == ReadBody(kind="text", text="a,b\n1,2")
    found = read("\ufffdPNG\x00\x01", "image/png")
    assert found.kind == "binary"
    assert found.text.startswith("00000000  ef bf bd 50")


def test_a_body_that_was_left_out_is_said() -> None:
    assert read(None, **{"Content-Length": "12"}).note == "The client left the body out (12 bytes)."
    trimmed = (Trimmed(path=("request", "body"), length=20_000, rule="config"),)
    assert body.read(Request(body=""), trimmed).note == "The client left the body out (20,000 bytes)."
    assert read("") == read(None) == read({}) == ReadBody()


_TYPES = ["", "application/json", "text/xml", "multipart/form-data", "application/graphql", "image/png"]
_SIGNS = st.text(alphabet='{}[]"<>/=&-\n\r: aé\x00\ufffd', max_size=80)


@given(_SIGNS | st.text(max_size=80), st.sampled_from(_TYPES), st.text(max_size=8))
def test_any_body_is_read(sent: str, media: str, length: str) -> None:
    assert read(sent, media, **{"Content-Length": length}).kind or not sent
