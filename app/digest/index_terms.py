"""What an event can be found and counted by: its words, its tags and its user.

The tags are the client's, and what every event has a say about (environment, release, browser …).
"""

from msgspec import Struct

from app.model import Event

MOST_TAGS = 100
LONGEST_KEY = 64
LONGEST_VALUE = 200
LONGEST_WORDS = 2_000


class Terms(Struct, frozen=True):
    """`tags` as (key, value), each once a key; `user` tells one user from another, None if unknown."""

    words: str
    tags: tuple[tuple[str, str], ...]
    user: str | None


def of(event: Event) -> Terms:
    """The terms of `event`, cut to lengths that a flood of long ones cannot hurt."""
    user = _user(event)
    tags = dict(event.tags)
    tags.update(_own_tags(event, user))
    pairs = tuple((key[:LONGEST_KEY], value[:LONGEST_VALUE]) for key, value in tags.items() if value)
    return Terms(_words(event)[:LONGEST_WORDS], pairs[:MOST_TAGS], user)


def _user(event: Event) -> str | None:
    for name in ("id", "email", "username", "ip_address"):
        value = event.user.get(name)
        if value:
            return str(value)[:LONGEST_VALUE]
    return None


def _own_tags(event: Event, user: str | None) -> dict[str, str]:
    agent = event.user_agent
    tags = {
        "environment": event.environment,
        "release": event.release,
        "server_name": event.server_name,
        "transaction": event.transaction,
        "user": user,
        "browser": agent and agent.browser,
        "os": agent and agent.os,
    }
    return {key: value for key, value in tags.items() if value}


def _words(event: Event) -> str:
    parts = [event.title, event.culprit, event.message, event.logger]
    for exception in event.exceptions:
        parts += (exception.type, exception.value)
    if event.request is not None:
        parts.append(event.request.url)
    return " ".join(dict.fromkeys(part for part in parts if part))
