import pytest

from app.protocols.plain import body_kind

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "is_one"),
    [
        (b'{"dsn":"http://a@b/1"}\n{"type":"event"}\n{}', True),
        (b'{}\n{"type":"session"}\n{}', True),
        (b'{"sent_at":"x"}\n\n{"type":"client_report","length":2}\n{}', True),
        (b'{"event_id":"x"}\n{"type":"unheard_of"}\n{}', False),
        (b'{"msg":"a"}\n{"type":"event"}', False),
        (b'{"dsn":"x"}', False),
        (b'{"dsn":"x"}\n', False),
        (b'{"dsn":\n{"type":"event"}', False),
        (b'[]\n{"type":"event"}', False),
        (b"", False),
    ],
)
def test_envelopes(body: bytes, is_one: bool) -> None:
    assert body_kind.is_envelope(body) is is_one


@pytest.mark.parametrize(
    ("body", "content_type", "is_one"),
    [
        (b"message=a+b&x=1", "", True),
        (b"message=a b", FORM, True),
        (b"message=a b", "", False),
        (b"x=1&y=2", FORM, False),
        (b"error%4dessage=x", "", True),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", False),
        (b"message=two\nlines", FORM, False),
        (b"", FORM, False),
    ],
)
def test_forms(body: bytes, content_type: str, is_one: bool) -> None:
    assert body_kind.is_form(body, content_type) is is_one


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (b"plain", "", "plain"),
        ("ö".encode(), "text/plain; charset=latin-1", "ö"),
        (b"\xf6", "text/plain; charset=latin-1", "ö"),
        (b"a\xf6" + b"b" * 50, "text/plain; charset=nonsense", "a\ufffd" + "b" * 50),
        (b"\x00\x01\x02", "", None),
        (b"", "", ""),
    ],
)
def test_text(body: bytes, content_type: str, text: str | None) -> None:
    assert body_kind.text(body, content_type) == text
