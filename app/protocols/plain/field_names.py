"""The names that people give to fields in the JSON they make up, and that their loggers give them.

A name counts in any spelling: ``errorMessage``, ``error_message``, ``error.message`` and ``ErrorMessage`` are
one. Of several names for one thing the first in these lists that has a value is taken; the others stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

MESSAGE = tuple(
    "message msg shortmessage renderedmessage errormessage errmessage errormsg event text description "
    "reason title summary detail details line content log body comment".split()
)
VALUE = tuple(
    "message msg value excvalue errormessage errmessage errormsg messagetext description detail reason text "
    "content".split()
)
# Names for the class of an error; the second ones may as well be those of something else.
TYPE = tuple(
    "errortype exceptiontype errorclass exceptionclass excclass exctype errorname exceptionname "
    "classname".split()
)
PERHAPS_TYPE = ("class", "type", "kind")
STACK = tuple(
    "stack stacktrace exctext exceptiontext stackstring stacktracestring errorstack errorstacktrace "
    "exceptionstacktrace traceback backtrace trace callstack errorverbose fullmessage extendedstacktrace "
    "stackframes frames".split()
)
ERROR = tuple(
    "error err exception exc excinfo exceptioninfo exceptions thrown throwable failure ex e errorobject "
    "innererror".split()
)
CAUSE = tuple("cause innerexception innererror inner previous causedby originalerror rootcause".split())
MEMBERS = tuple("errors exceptions innerexceptions innererrors aggregateerrors members".split())
# Words before numbers: loggers that send both have numbers of their own.
LEVEL = tuple(
    "levelname severitytext loglevel level severity lvl detectedlevel levelno severitynumber".split()
)
TIME = tuple(
    "timestamp time ts datetime date eventtime occurredat occurredon createdat created timemillis asctime "
    "instant when".split()
)
LOGGER = tuple("logger loggername loglogger channel category target facility sourcecontext".split())
URL = tuple("url href uri requesturl requesturi urlfull pageurl page location".split())
METHOD = tuple("httpmethod requestmethod httprequestmethod verb method".split())
REQUEST = tuple("request req httprequest http".split())
USER_AGENT = tuple("useragent useragentoriginal ua browser".split())
USER = tuple("user userid username useremail email person".split())
TAGS = tuple("tags labels".split())
RELEASE = tuple("release appversion serviceversion codeversion version revision commit build".split())
ENVIRONMENT = tuple("environment env deploymentenvironment releasestage stage".split())
SERVER = tuple("servername hostname host server machinename machine node".split())
TRANSACTION = tuple("transaction transactionname route endpoint".split())
PLATFORM = tuple("platform language lang".split())
PROJECT = tuple("project appname app application servicename service serviceid program".split())
FINGERPRINT = tuple("fingerprint groupinghash groupingkey".split())
EVENT_ID = tuple("eventid errorid uuid guid id".split())
FILE = tuple("pathname abspath filepath file filename source sourcefile sourceurl script fileurl".split())
LINE = tuple("lineno linenumber lineno line row".split())
COLUMN = tuple("colno columnnumber column col".split())
HANDLED = ("handled",)
UNHANDLED = tuple("unhandled uncaught unhandledexception uncaughtexception".split())
# Where loggers put what the app gave them.
CONTAINERS = tuple(
    "log fields extra context data meta metadata attributes properties payload record mdc".split()
)
BATCHES = tuple("logs events records entries batch messages".split())
_LONGEST = 64
# The fields that name a value that comes as an object.
_SAID_BY = ("name", "full", "original", "href", "url", "path", "text", "message", "id")


class Fields:
    """One JSON object, whose fields are taken one by one by their meaning; `left` are the others.

    What it does not have is looked for in `behind`, such as the labels of a whole stream. `inside` are the
    objects in which loggers put what the app gave them: ``deep`` looks there, too.
    """

    def __init__(self, values: Mapping[str, Any], behind: "Fields | None" = None) -> None:
        self.left = {name: value for name, value in values.items() if value is not None}
        self.behind = behind
        self._spelled: dict[str, str] = {}
        for name in self.left:
            self._spelled.setdefault(plain(name), name)
        self.inside: list[Fields] = []

    def open(self) -> None:
        """Look into the objects inside from now on; what is taken from them is gone from `left`."""
        for name in CONTAINERS:
            spelled = self._spelled.get(name)
            value = self.left.get(spelled) if spelled is not None else None
            if spelled is not None and isinstance(value, dict):
                inner = Fields(value)
                self.left[spelled] = inner.left
                self.inside.append(inner)

    def has(self, names: Iterable[str]) -> bool:
        """Whether one of these has a value."""
        return any(name in self._spelled for name in names)

    def take(self, names: Iterable[str], *kinds: type, deep: bool = False) -> Any:
        """The first of `names` whose value is one of `kinds` and not empty; None when there is none."""
        for name in names:
            value = self._value(name)
            if type(value) in kinds and value not in ("", [], {}):
                return self._taken(name)
        return next(filter(None, (other.take(names, *kinds) for other in self._others(deep))), None)

    def each(self, names: Iterable[str], *kinds: type) -> "Iterator[tuple[Fields, str, Any]]":
        """Every value that a deep `take` would look at, in its order: who has it, the name, the value."""
        for name in names:
            if name in self._spelled:
                value = self._value(name)
                if type(value) in kinds and value not in ("", [], {}):
                    yield self, name, value
        for other in self._others(deep=True):
            yield from other.each(names, *kinds)

    def text(self, names: Iterable[str], *, deep: bool = False) -> str | None:
        """The same as text: a number as it is written, an object by its name, if it has one."""
        for name in names:
            said = _said(self._value(name))
            if said:
                spelled = self._spelled.pop(name)
                value = self.left[spelled]
                if not isinstance(value, dict) or len(value) == 1:
                    del self.left[spelled]
                return said
        return next(filter(None, (other.text(names) for other in self._others(deep))), None)

    def whole(self, names: Iterable[str]) -> int | None:
        """The same as a whole number, such as that of a line."""
        for name in names:
            value = self._value(name)
            if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
                value = int(value)
            if type(value) is int and 0 <= value < 2**31:
                self._taken(name)
                return value
        return None

    def spelled(self, name: str) -> str:
        """`name` as this object spells it."""
        return self._spelled.get(name, name)

    def rest(self) -> dict[str, Any]:
        """What nobody took."""
        emptied = [inner.left for inner in self.inside if not inner.left]
        return {
            name: value for name, value in self.left.items() if not any(value is each for each in emptied)
        }

    def put(self, name: str, value: Any) -> None:
        """Put a value back, or in."""
        self.left[name] = value
        self._spelled[plain(name)] = name

    def _value(self, name: str) -> Any:
        spelled = self._spelled.get(name)
        return self.left.get(spelled) if spelled is not None else None

    def _taken(self, name: str) -> Any:
        return self.left.pop(self._spelled.pop(name))

    def _others(self, deep: bool) -> "list[Fields]":
        return (self.inside if deep else []) + ([self.behind] if self.behind is not None else [])


def plain(name: str) -> str:
    """`name` without its spelling; one that is too long for a name stays as it is."""
    return _plain(name) if len(name) <= _LONGEST else name


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _said(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() and value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict):
        inner = {plain(name): part for name, part in value.items() if isinstance(part, str) and part}
        return next((inner[name] for name in _SAID_BY if name in inner), None)
    return None
