"""What mails say: Django's (as Django 5.2 writes them), the first Arecibo's, and those of other programs."""

import email.mime.multipart
import email.mime.text
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols.email import accept, read
from tests.protocols import captures, hostile

MAILS = Path(__file__).parents[2] / "samples" / "mails"
TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)
FIELDS = {
    "account": "shop",
    "priority": 1,
    "uid": "123",
    "type": "KeyError",
    "msg": "'x'",
    "traceback": TRACE,
    "url": "http://shop.example/cart",
    "status": 500,
    "server": "vm",
    "timestamp": "Mon, 23 Nov 2026 12:00:00 -0000",
    "username": ["ada"],
    "ip": None,
    "count": 3,
}


def event_of(content: bytes, *recipients: str) -> Event:
    accepted = accept.of_mail(content, recipients)
    report = captures.report_of("email", accepted, b"MAIL SMTP", content)
    (event,) = hostile.check(read.read(report, content))
    assert (event.protocol, event.project) == ("email", accepted.project)
    return event


def sample(name: str) -> Event:
    return event_of((MAILS / f"{name}.eml").read_bytes(), "shop@localhost")


def mail(text: str, subject: str = "", **headers: str) -> bytes:
    message = email.mime.text.MIMEText(text)
    for name, value in {"Subject": subject, **headers}.items():
        message[name.replace("_", "-")] = value
    return message.as_bytes()


@pytest.mark.parametrize("name", ["django_crash", "django_crash_html"])
def test_a_request_that_failed_in_django(name: str) -> None:
    event = sample(name)

    assert event.title == "PaymentError: invalid order 1042: žluťoučký 🐎 <b>&"
    assert event.message == "Internal Server Error: /checkout/1042"
    assert (event.level, event.platform, event.logger) == ("error", "python", "django.request")
    assert (event.culprit, event.transaction) == ("/srv/shop/views.py in process_order", "__main__.checkout")
    assert (event.server_name, event.modules) == ("testserver", {"Django": "5.2.19"})
    assert event.contexts["runtime"]["name"] == "Python"
    assert event.contexts["email"]["to"] == "shop@localhost, bob@localhost"
    cause, raised = event.exceptions
    assert (cause.type, cause.value) == (None, "'basic'")
    assert [(frame.function, frame.line) for frame in cause.frames] == [
        ("process_order", 19),
        ("charge_card", 16),
    ]
    assert [frame.function for frame in raised.frames] == [
        "inner",
        "_get_response",
        "checkout",
        "process_order",
    ]
    assert [frame.in_app for frame in raised.frames] == [False, False, True, True]
    assert raised.mechanism == {"type": "django", "handled": False}
    assert cause.frames[1].context[0][1].strip() == 'return table["basic"]'
    if name == "django_crash_html":
        assert cause.frames[1].vars == {"order": "1042", "table": "{'gold': 1}"}
    assert event.problems == ()


def test_the_request_in_djangos_mail() -> None:
    event = sample("django_crash")

    request = event.request
    assert request is not None
    assert (request.method, request.query) == ("POST", "coupon=x%20y")
    assert request.url == "http://testserver/checkout/1042?coupon=x%20y"
    assert request.headers["User-Agent"].endswith("Firefox/140.0")
    assert request.headers["Content-Length"] == "237"
    assert request.body == {"card": "4111", "password": "geheim", "who": "ada"}
    assert request.cookies == {"theme": "dark", "sessionid": "********************"}
    assert request.env["REMOTE_ADDR"] == "127.0.0.1"
    assert event.user == {"ip_address": "127.0.0.1"}
    assert event.extra["settings"]["ALLOWED_HOSTS"] == "['*']"
    assert event.extra["Python Executable"] == "/srv/venv/bin/python"


def test_other_mails_of_django() -> None:
    message = sample("django_message")
    assert (message.title, message.message, message.exceptions) == ("no card for ada", "no card for ada", ())
    assert message.request is not None
    assert message.request.url == "http://testserver/two"

    several = sample("django_several_lines")
    assert several.exceptions[0].value == "first line\nsecond line\n\nfourth: x"

    job = sample("django_job_message")
    assert (job.title, job.request, job.level) == ("the job x failed", None, "error")

    logged = sample("django_job_exception")
    assert (logged.title, logged.message) == ("KeyError: 'basic'", "the job failed")
    assert logged.exceptions[0].mechanism == {"type": "django", "handled": True}
    assert [frame.function for frame in logged.exceptions[0].frames] == ["<module>", "charge_card"]


def test_a_broken_link() -> None:
    event = sample("django_broken_link")

    assert (event.title, event.level) == ("Broken INTERNAL link on testserver: /missing", "warning")
    assert event.request is not None
    assert event.request.url == "/missing"
    assert event.request.headers["Referer"] == "http://testserver/from"
    assert event.user == {"ip_address": "127.0.0.1"}


def test_the_django_of_2010() -> None:
    request = (
        "<WSGIRequest\nGET:<QueryDict: {}>,\nMETA:{'HTTP_HOST': 'localhost:8000',\n"
        " 'HTTP_USER_AGENT': 'Mozilla/5.0',\n 'PATH_INFO': u'/pay',\n 'QUERY_STRING': 'a=1',\n"
        " 'SERVER_NAME': \"vm\",\n 'wsgi.url_scheme': 'http'}>"
    )
    event = event_of(
        mail(f"{TRACE}\n\n\n{request}\n", "[Django] Error (EXTERNAL IP): /pay"), "shop@localhost"
    )

    assert (event.title, event.level) == ("KeyError: 'x'", "error")
    assert event.message == "[Django] Error (EXTERNAL IP): /pay"
    assert event.request is not None
    assert (event.request.url, event.request.query) == ("http://localhost:8000/pay", "a=1")
    assert event.request.headers == {"Host": "localhost:8000", "User-Agent": "Mozilla/5.0"}


@pytest.mark.parametrize("tail", ["", "\r\n-- \r\nsent by the relay"])
def test_the_first_arecibos_client(tail: str) -> None:
    body = json.dumps(FIELDS)
    content = f"From: noreply@clearwind.ca\r\nTo: django-shop@localhost\r\n\r\n{body}{tail}".encode()
    event = event_of(content, "django-shop@localhost")

    assert (event.project, event.title, event.level) == ("shop", "KeyError: 'x'", "fatal")
    assert (event.server_name, event.user["username"]) == ("vm", "ada")
    assert event.request is not None
    assert event.request.url == "http://shop.example/cart"
    assert event.tags == {"status": "500", "priority": "1", "uid": "123"}
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.extra == {"count": "3"}
    assert event.event_id == event_of(content, "other@localhost").event_id


def test_the_form_by_mail() -> None:
    form = urlencode({"account": "shop", "msg": "no card", "priority": "5"})
    event = event_of(f"To: x@localhost\n\n{form[:20]}\n{form[20:]}\n".encode())

    assert (event.project, event.message, event.level) == ("shop", "no card", "warning")


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


def test_a_page_without_text() -> None:
    message = email.mime.text.MIMEText(
        "<html><head><style>p {}</style></head><body><p>backup &amp; restore<br>failed</p></body></html>",
        "html",
    )

    assert event_of(message.as_bytes()).message == "backup & restore\nfailed"


def test_files_come_with_the_event() -> None:
    message = email.mime.multipart.MIMEMultipart()
    message.attach(email.mime.text.MIMEText("backup failed"))
    log = email.mime.text.MIMEText("the log")
    log.add_header("Content-Disposition", "attachment", filename="backup.log")
    message.attach(log)
    content = message.as_bytes()
    delivery = read.read(captures.report_of("email", accept.of_mail(content, ())), content)

    (file,) = delivery.attachments
    assert (file.event_id, file.content) == (delivery.events[0].event_id, b"the log")
    assert delivery.events[0].attachments == (file.info,)
    assert (file.info.filename, file.info.content_type, file.info.size) == ("backup.log", "text/plain", 7)


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
