"""The platform of an event, as Sentry names it: Bugsnag names it in each exception, or not at all."""

from app.protocols.event import client_platform

# What `exceptions[].type` says.
_OF_TYPE = {
    "python": "python",
    "nodejs": "node",
    "electronnodejs": "node",
    "browserjs": "javascript",
    "reactnativejs": "javascript",
    "expojs": "javascript",
    "electronrendererjs": "javascript",
    "ruby": "ruby",
    "php": "php",
    "java": "java",
    "android": "java",
    "cocoa": "cocoa",
    "csharp": "csharp",
    "go": "go",
    "dart": "dart",
    "c": "native",
}


def find(exception_type: str | None, notifier: str | None) -> str | None:
    """The platform; None for a notifier that is not known."""
    return _OF_TYPE.get((exception_type or "").lower()) or client_platform.platform_of(notifier)


def is_known(exception_type: str) -> bool:
    """Whether an exception's `type` alone names the platform."""
    return exception_type.lower() in _OF_TYPE
