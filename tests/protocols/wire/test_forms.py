from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import forms

MULTIPART = (
    b'--edge\r\nContent-Disposition: form-data; name="account"\r\n\r\nshop\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="msg"\r\n\r\ntwo\r\nlines \xc5\xbe\r\n--edge--\r\n'
)


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=edge", "", "text/plain"])
def test_multipart(content_type: str) -> None:
    assert forms.read(MULTIPART, content_type) == {"account": ["shop"], "msg": ["two\r\nlines ž"]}
    assert forms.first(MULTIPART, b"account") == "shop"
    assert forms.first(MULTIPART, b"uid") == ""


def test_urlencoded() -> None:
    body = b"account=my+shop&msg=a%26b%C5%BE&msg=second&empty="

    assert forms.read(body, "") == {"account": ["my shop"], "msg": ["a&bž", "second"], "empty": [""]}
    assert forms.first(body, b"account") == "my shop"
    assert forms.first(body, b"msg") == "a&bž"
    assert forms.first(body, b"sg") == ""


FIELDS = st.dictionaries(st.sampled_from(["account", "uid", "msg", "type"]), st.text(max_size=20), max_size=4)


@given(FIELDS)
def test_one_field_is_found_as_in_the_whole_form(fields: dict[str, str]) -> None:
    body = urlencode(fields, errors="replace").encode()
    whole = forms.read(body, "")

    for name in ("account", "uid"):
        assert forms.first(body, name.encode()) == whole.get(name, [""])[0].strip()


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "--", "--x\r\n", 'Content-Disposition: form-data; name="uid"']),
)
def test_any_bytes_are_read(body: bytes, start: str) -> None:
    body = start.encode() + body

    forms.read(body, "multipart/form-data; boundary=x")
    forms.read(body, "")
    forms.first(body, b"uid")


def test_parts_within_parts_without_end() -> None:
    edges = [
        b"--e%d\r\nContent-Type: multipart/mixed; boundary=e%d\r\n\r\n" % (n, n + 1) for n in range(3000)
    ]

    assert forms.read(b"".join(edges), "multipart/form-data; boundary=e0") == {}
