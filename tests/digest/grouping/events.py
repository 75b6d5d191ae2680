"""Events made up for tests of grouping, as small as they can be."""

from datetime import UTC, datetime
from typing import Any

from app.model import Event, ExceptionInfo, Frame

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def event(**fields: Any) -> Event:
    known = {
        "event_id": "0" * 32,
        "project": "shop",
        "protocol": "test",
        "platform": "python",
        "timestamp": NOW,
        "received_at": NOW,
    }
    return Event(**{**known, **fields})


def frame(function: str | None, module: str | None = "shop.views", **fields: Any) -> Frame:
    return Frame(function=function, module=module, **fields)


def raised(*frames: Frame, kind: str | None = "KeyError", value: str | None = "'x'", **fields: Any) -> Event:
    return event(exceptions=(ExceptionInfo(type=kind, value=value, frames=frames),), **fields)
