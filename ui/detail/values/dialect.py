"""How a language writes values, and in which form a client sends them."""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event


class Strings(Enum):
    """What a string of the event is: plain words, a string, what `repr` printed, or what `str` printed."""

    PLAIN = auto()
    QUOTED = auto()
    REPR = auto()
    STR = auto()


class Dialect(Struct, frozen=True):
    """The words of one language, and what its client's strings are."""

    strings: Strings = Strings.QUOTED
    null: str = "null"
    true: str = "true"
    false: str = "false"
    mapping: str = "object"
    sequence: str = "array"
    is_python: bool = False


PLAIN = Dialect(Strings.PLAIN)
JSON = Dialect()
PYTHON = Dialect(null="None", true="True", false="False", mapping="dict", sequence="list", is_python=True)

_BY_PLATFORM = {
    "python": PYTHON,
    "ruby": Dialect(null="nil", mapping="hash"),
    "elixir": Dialect(null="nil", mapping="map", sequence="list"),
    "go": Dialect(null="nil", mapping="map", sequence="slice"),
    "cocoa": Dialect(null="nil", mapping="dictionary"),
    "objc": Dialect(null="nil", mapping="dictionary"),
    "swift": Dialect(null="nil", mapping="dictionary"),
    "php": Dialect(mapping="array"),
    "java": Dialect(mapping="map", sequence="list"),
    "rust": Dialect(null="None", mapping="map", sequence="vec"),
}
# Clients of Python that send local variables as text; all others send JSON.
_TEXT = {"sentry.python": Strings.REPR, "raven-python": Strings.REPR, "raygun4py": Strings.STR}


def of_event(event: Event) -> Dialect:
    """How the values are written that the app itself attached."""
    return _BY_PLATFORM.get(event.platform or "", JSON)


def is_from_sentrys_python(event: Event) -> bool:
    """Whether Sentry's Python client sent the event."""
    return bool(event.sdk and (event.sdk.name or "").startswith("sentry.python"))


def of_locals(event: Event) -> Dialect:
    """How local variables are written."""
    own = of_event(event)
    if not own.is_python:
        return own
    name = (event.sdk.name if event.sdk else None) or ""
    strings = next((form for client, form in _TEXT.items() if name.startswith(client)), own.strings)
    return replace(own, strings=strings)
