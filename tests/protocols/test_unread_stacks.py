"""Whatever client sends a stack trace as text: if lines of it stay unread, the text is in extra."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from app.model import Event
from tests.protocols import captures, hostile
from tests.protocols.email.mails import event_of as mailed
from tests.protocols.email.mails import mail

ODD = "~~ here something is missing ~~"
JAVA = f"java.lang.Error: no\n\tat shop.A.pay(A.java:1)\n{ODD}\n\tat shop.A.main(A.java:2)"
V8 = f"Error: no\n    at pay (/srv/a.js:1:2)\n{ODD}\n    at main (/srv/a.js:3:4)"
PYTHON = (
    'Traceback (most recent call last):\n  File "/srv/a.py", line 2, in main\n    pay()\n'
    f'{ODD}\n  File "/srv/a.py", line 1, in pay\n    x()\nKeyError: 1'
)


def otlp(records: str, scopes: str, record: dict[str, Any]) -> dict[str, Any]:
    return {f"resource{scopes}": [{"resource": {}, f"scope{scopes}": [{records: [record]}]}]}


def attributes(**values: str) -> list[dict[str, Any]]:
    return [{"key": key.replace("_", "."), "value": {"stringValue": text}} for key, text in values.items()]


LOGGED = {"severityNumber": 17, "body": {"stringValue": "no"}, "timeUnixNano": "1790500000000000000"}
LOKI = {"streams": [{"stream": {"level": "error"}, "values": [["1790500000000000000", JAVA]]}]}
RAISED = attributes(exception_type="java.lang.Error", exception_stacktrace=JAVA)
SPAN = {"name": "op", "events": [{"name": "exception", "attributes": RAISED}]}
CASES: dict[str, tuple[str, str, Any]] = {
    "text": ("/shop", "text/plain", JAVA),
    "json, a stack": ("/shop", "application/json", {"message": "no", "stack": JAVA}),
    "json, lines": ("/shop", "application/json", {"message": "no", "stack": JAVA.split("\n")}),
    "json, an error as text": ("/shop", "application/json", {"error": JAVA}),
    "json, a message": ("/shop", "application/json", {"message": JAVA, "level": "error"}),
    "loki": ("/loki/api/v1/push", "application/json", LOKI),
    "gelf": (
        "/gelf",
        "application/json",
        {"version": "1.1", "host": "a", "short_message": "no", "full_message": JAVA},
    ),
    "otlp, a span": ("/v1/traces", "application/json", otlp("spans", "Spans", SPAN)),
    "otlp, a log": (
        "/v1/logs",
        "application/json",
        otlp("logRecords", "Logs", {**LOGGED, "attributes": RAISED}),
    ),
    "otlp, where it was logged": (
        "/v1/logs",
        "application/json",
        otlp("logRecords", "Logs", {**LOGGED, "attributes": attributes(code_stacktrace=JAVA)}),
    ),
    "rollbar": (
        "/api/1/item/",
        "application/json",
        {"access_token": "a" * 32, "data": {"language": "java", "body": {"crash_report": {"raw": JAVA}}}},
    ),
    "rollbar, a trace": (
        "/api/1/item/",
        "application/json",
        {
            "data": {
                "language": "java",
                "body": {"trace": {"frames": [], "exception": {"class": "E", "stack": JAVA}}},
            }
        },
    ),
    "raygun": (
        "/entries",
        "application/json",
        {"details": {"error": {"className": "Error", "message": "no", "stackString": JAVA}}},
    ),
    "honeybadger": (
        "/v1/notices",
        "application/json",
        {"notifier": {"name": "n"}, "error": {"class": "E", "message": "no", "backtrace": JAVA}},
    ),
    "arecibo": ("/v/1/", "application/x-www-form-urlencoded", {"account": "a", "traceback": PYTHON}),
    "a log record": (
        "/log",
        "application/x-www-form-urlencoded",
        {"name": "shop", "msg": "no", "levelname": "ERROR", "exc_text": PYTHON},
    ),
    "the stack of a log record": (
        "/log",
        "application/x-www-form-urlencoded",
        {"name": "shop", "msg": "no", "levelname": "ERROR", "stack_info": PYTHON},
    ),
    "a crashed page": (
        "/reports",
        "application/reports+json",
        [{"type": "crash", "age": 1, "url": "http://a/", "body": {"reason": "unresponsive", "stack": V8}}],
    ),
}


def sent(path: str, content_type: str, content: Any) -> Event:
    body = content if isinstance(content, str) else json.dumps(content)
    if content_type.endswith("urlencoded"):
        body = urlencode(content)
    protocol, arrival = captures.arrival(path, body.encode(), {"content-type": content_type}, b"", "POST")
    head = f"POST {path} HTTP/1.1\r\nContent-Type: {content_type}".encode()
    report = captures.report_of(protocol.name, protocol.accept(arrival), head, body.encode())
    (event,) = hostile.check(protocol.read(report, body.encode()))
    return event


def check(event: Event) -> None:
    chains = [raised.frames for raised in event.exceptions if raised.frames]
    chains += [thread.frames for thread in event.threads if thread.frames]
    assert [[frame.line for frame in frames][-1] for frames in chains] == [1]
    assert len(chains[0]) == 2
    assert sum(ODD in str(value) for value in event.extra.values()) == 1
    assert [problem for problem in event.problems if "not understood" in problem] == [*event.problems]
    assert len(event.problems) == 1


@pytest.mark.parametrize("name", CASES)
def test_a_stack_that_is_not_all_understood_is_kept(name: str) -> None:
    check(sent(*CASES[name]))


def test_what_a_mail_quotes_is_kept() -> None:
    check(mailed(mail(PYTHON, "[Django] ERROR: no"), "shop@localhost"))
