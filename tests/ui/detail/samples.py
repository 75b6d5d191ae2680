"""Example events, and their details as the page gets them."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from app.detail import EventDetail
from app.model import (
    Breadcrumb,
    Event,
    ExceptionInfo,
    Frame,
    Grouping,
    Issue,
    IssueState,
    Level,
    Request,
    Thread,
    UserAgent,
    from_micros,
)
from app.store.inbox.lists.events import EventPlace
from tests.factories import NOON

CRASHED_AT = from_micros(NOON)


def frame(function: str = "charge_card", line: int = 42, **fields: Any) -> Frame:
    """An in-app frame with source and locals."""
    source = tuple((number, f"    step_{number}()") for number in range(line - 5, line + 6))
    given = {
        "filename": "shop/payment.py",
        "abs_path": "/srv/app/shop/payment.py",
        "module": "shop.payment",
        "context": source,
        "vars": {"order_id": "4711", "order": {"items": ["tea", "cup"], "note": None}},
    }
    return Frame(function=function, line=line, **(given | fields))


def library_frame(package: str = "flask", function: str = "dispatch") -> Frame:
    """A frame that is not the app's own."""
    path = f"/venv/lib/python3.11/site-packages/{package}/app.py"
    return Frame(
        filename=f"{package}/app.py",
        abs_path=path,
        module=f"{package}.app",
        function=function,
        line=9,
        in_app=False,
    )


def failure(type_: str = "PaymentError", *frames: Frame, **fields: Any) -> ExceptionInfo:
    """An exception with a stack: two library frames, then two of the app, unless frames are given."""
    stack = frames or (library_frame(), library_frame("werkzeug"), frame("checkout", 10), frame())
    return ExceptionInfo(type=type_, value=f"{type_} happened", frames=stack, **fields)


def make_event(**fields: Any) -> Event:
    """A chained exception in a request, with a little of everything."""
    given: dict[str, Any] = {
        "event_id": "9f" * 16,
        "project": "shop",
        "protocol": "sentry.envelope",
        "platform": "python",
        "timestamp": CRASHED_AT,
        "received_at": CRASHED_AT,
        "title": "PaymentError: PaymentError happened",
        "culprit": "shop.payment in charge_card",
        "environment": "production",
        "release": "shop@2.4.1",
        "exceptions": (
            failure("KeyError"),
            failure("PaymentError", mechanism={"type": "flask", "handled": False}),
        ),
        "breadcrumbs": tuple(crumb(number) for number in range(20)),
        "request": Request(
            method="POST",
            url="http://localhost:5000/checkout",
            query="coupon=TEA&coupon=CUP",
            headers={"Host": "localhost:5000", "Content-Type": "application/json"},
            body={"gift": True},
            cookies="session=1; theme=dark",
        ),
        "user": {"id": "17", "email": "ada@example.com"},
        "user_agent": UserAgent(
            raw="Mozilla/5.0",
            browser="Chrome",
            browser_version="120.0.1",
            os="Windows",
            os_version="10",
            kind="desktop",
        ),
        "tags": {"customer": "gold", "level": "error"},
        "contexts": {"runtime": {"name": "CPython", "version": "3.11.7"}},
        "extra": {"basket": {"items": 3}},
        "modules": {"flask": "3.1.0"},
        "threads": (Thread(id="1", name="MainThread", current=True, frames=(frame("wait"),)),),
        "grouping": Grouping(algorithm="v1", why=("exception types",)),
        "problems": ("timestamp 'soon' is not a time",),
    }
    return Event(**(given | fields))


def crumb(number: int) -> Breadcrumb:
    """One of twenty breadcrumbs, half a second apart, the last one half a second before the crash."""
    return Breadcrumb(
        timestamp=CRASHED_AT - timedelta(milliseconds=500 * (20 - number)),
        category="query",
        level="info",
        message=f"SELECT {number}",
        data={"rows": number},
    )


def bare_event(**fields: Any) -> Event:
    """An event without any optional field."""
    given: dict[str, Any] = {
        "event_id": "0" * 32,
        "project": "shop",
        "protocol": "test",
        "timestamp": CRASHED_AT,
        "received_at": CRASHED_AT,
    }
    return Event(**(given | fields))


def make_detail(event: Event | None = None, **fields: Any) -> EventDetail:
    """The event as the pane gets it: 12th of 340."""
    shown = make_event() if event is None else event
    issue = Issue(
        id=1,
        project=shown.project,
        title=shown.title,
        type=None,
        value=None,
        culprit=shown.culprit,
        level=Level.ERROR,
        state=IssueState.OPEN,
        unread=False,
        count=340,
        users=12,
        first_seen=CRASHED_AT,
        last_seen=CRASHED_AT,
        revision=1,
    )
    place = EventPlace(position=12, total=340, first=1, previous=11, next=13, last=340)
    detail = EventDetail(
        pk=12,
        event=shown,
        issue=issue,
        place=place,
        raw_head="POST /api/1/envelope/ HTTP/1.1",
        raw_body=b'{"event_id":"9f"}\n{"type":"event"}\n',
    )
    return replace(detail, **fields)
