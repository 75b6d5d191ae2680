"""What mails say: Django's (as Django 5.2 writes them), the first Arecibo's, and those of other programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from tests.protocols.email.mails import MAILS, TRACE, event_of, mail


@pytest.mark.parametrize(
    ("content", "title", "message", "level"),
    [
        (
            mail(f"it failed\n{TRACE}", "Cron <root@vm> backup"),
            "KeyError: 'x'",
            "Cron <root@vm> backup\n\nit failed",
            "error",
        ),
        (mail("no space left", "backup failed"), "backup failed", "backup failed\n\nno space left", "error"),
        (mail("", "WARNING: disk"), "WARNING: disk", "WARNING: disk", "warning"),
        (mail("ERROR only a body"), "ERROR only a body", "ERROR only a body", "error"),
        (mail("größer", "=?utf-8?b?Z3LDtsOfZXI=?="), "größer", "größer\n\ngrößer", "error"),
        (mail("x", "=?nonsense?b?Z3LDtsOfZXI=?="), "=?nonsense?b?Z3LDtsOfZXI=?=", None, "error"),
        (b"\n", "An empty mail", "An empty mail", "error"),
    ],
)
def test_any_mail(content: bytes, title: str, message: str | None, level: str) -> None:
    event = event_of(content)

    assert (event.title, event.level) == (title, level)
    assert message is None or event.message == message


def test_the_subject_groups_mails_without_a_stack_trace() -> None:
    event = event_of(mail("no space left on 12 of 17", "backup failed"))

    assert event.extra["logentry"] == {"message": "backup failed", "params": None}


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: " + b"=?utf-8?q?=ff?= " * 500 + b"\n\nx",
        b"Content-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 200,
        b"Content-Type: text/plain; charset=nonsense\n\n\xff",
        b"Content-Transfer-Encoding: base64\n\n!!!",
        b"Content-Disposition: attachment; filename*=\"utf-8''%ff\"\n\nx",
        b"To: " + b"<" * 5_000 + b"\n\nx",
        b"Subject: ERROR: x\n\nx\n\nE at /\nv\n\nRequest Method: GET\nDjango Version: 5\n\n\nTraceback (most",
        b"\n\n" * 20_000 + b"Django Version: 5",
        b"\n\nE\n" * 20_000 + b"\n\nDjango Version: 5",
        b"\n\x00\xff",
    ],
)
def test_hostile_mails(content: bytes) -> None:
    event_of(content)


HEADERS = st.sampled_from(
    [
        "Subject: x",
        "To: a@b",
        "To: @",
        "Message-ID: <x>",
        "Date: yesterday",
        "Content-Type: text/html",
        "Content-Type: x",
    ]
)


@given(st.lists(HEADERS), st.binary(max_size=200))
def test_any_bytes_are_read(headers: list[str], body: bytes) -> None:
    event_of("\r\n".join([*headers, "", ""]).encode() + body)


@given(st.data())
def test_any_piece_of_djangos_mail_is_read(data: st.DataObject) -> None:
    content = (MAILS / "django_crash_html.eml").read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    assert (
        event_of(content[:start] + data.draw(st.binary(max_size=20)) + content[end:]).level is not Level.DEBUG
    )
