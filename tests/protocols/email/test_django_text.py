import pytest

from app.protocols.email import django_text
from app.protocols.wire.notes import Notes
from tests.protocols.email.mails import TRACE, event_of, mail, sample


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


def test_a_mail_that_django_did_not_write_is_none() -> None:
    assert django_text.of("backup failed\n\nDjango is a film\n", "", Notes()) is None
    assert django_text.broken_link("Referrer: somebody\n") is None
    assert django_text.old_request(f"{TRACE}\n") == (f"{TRACE}\n", None)
