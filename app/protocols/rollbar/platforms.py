"""The platform of an item, as Sentry names it."""

import re

from app.protocols.event import client_platform
from app.protocols.rollbar import schema

_EARLY_ROLLBAR = re.compile(r"(?:[01]\.|2\.[0-7]\.)")
_OF_LANGUAGE = {
    "python": "python",
    "ruby": "ruby",
    "php": "php",
    "java": "java",
    "kotlin": "java",
    "go": "go",
    "golang": "go",
    "c#": "csharp",
    "objective-c": "cocoa",
    "swift": "cocoa",
    "dart": "dart",
    "elixir": "elixir",
    "rust": "rust",
}


def find(item: schema.Item) -> str | None:
    """The platform; None when neither the language nor the notifier is known."""
    language = (item.language or "").lower().partition(" ")[0]
    notifier = (item.notifier or {}).get("name")
    name = notifier if isinstance(notifier, str) else None
    if language == "javascript":
        about = f"{name} {item.framework}".lower()
        return "node" if "node" in about and "browser" not in about else "javascript"
    return _OF_LANGUAGE.get(language) or client_platform.platform_of(name, item.framework)


def counts_columns_from_0(item: schema.Item) -> bool:
    """Whether rollbar.js sent it from Node: since 2.8 it counts from 0 there."""
    notifier = item.notifier or {}
    if notifier.get("name") != "node_rollbar":
        return False
    version = notifier.get("version")
    early = _EARLY_ROLLBAR.match(version) if isinstance(version, str) else None
    return early is None


def with_version(words: str | None) -> dict[str, str]:
    """``python 3.11.7`` as a name and a version."""
    name, _space, version = (words or "").strip().partition(" ")
    parts = {"name": name, "version": version.strip()}
    return {key: value for key, value in parts.items() if value}
