"""Which app an event comes from, when no key says it: Spotlight sends without a DSN.

The name in the release (``shop@1.2.3``) is the app's own word. Else it is the folder that its code is in, or
the address of its page; the server's name, which all apps on one machine share, comes last.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.protocols.event.in_app import is_in_app
from app.protocols.sentry import schema

# Folders that every second app has.
_COMMON = frozenset(
    "src app apps lib dist build out bin scripts script server client backend frontend web www html public "
    "static main cmd code test tests api js pkg packages site home root tmp usr opt srv var".split()
)
_SEPARATOR = re.compile(r"[\\/]+")


def in_release(release: object) -> str | None:
    """The name in ``name@version``, as Sentry's releases are written."""
    name, at, _version = release.rpartition("@") if isinstance(release, str) else ("", "", "")
    return name.strip() or None if at else None


def of(wire: schema.SentryEvent) -> str | None:
    """The app's name, or None when nothing names it."""
    named = in_release(wire.release)
    return named or next(filter(None, map(_folder, _paths(wire))), None) or wire.server_name or None


def _paths(wire: schema.SentryEvent) -> Iterator[str]:
    argv = (wire.extra or {}).get("sys.argv")
    if isinstance(argv, list) and argv and isinstance(argv[0], str) and "/" in argv[0]:
        yield argv[0]
    part = wire.exception
    values = part.values if isinstance(part, schema.SentryExceptions) else part
    for value in reversed(values or []):
        for frame in (value.stacktrace and value.stacktrace.frames) or []:
            path = frame.abs_path or frame.filename or ""
            if frame.in_app if frame.in_app is not None else is_in_app(path):
                yield path
    if wire.request is not None and wire.request.url:
        yield wire.request.url


def _folder(path: str) -> str | None:
    if "://" in path:
        return _host(path)
    for folder in reversed(_SEPARATOR.split(path)[1:-1]):
        if folder.lower() not in _COMMON and not folder.startswith((".", "<")):
            return folder
    return None


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or None
    except ValueError:
        # Not an address after all.
        return None
