"""Every language's reader, and which of them a text may interest."""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from app.protocols.stacktrace.javascript import errors as javascript
from app.protocols.stacktrace.languages import dotnet, go, java, php, python, ruby, rust
from app.protocols.stacktrace.located_trace import LocatedTrace

_Find = Callable[[Sequence[str]], LocatedTrace | None]


class Reader(Struct, frozen=True):
    """Finds traces of one language in lines; only texts that match `sign` have any."""

    find: _Find
    sign: re.Pattern[str]
    platforms: tuple[str, ...]


def _reader(find: _Find, sign: str, *platforms: str) -> Reader:
    return Reader(find, re.compile(sign, re.VERBOSE | re.MULTILINE), platforms)


_ALL = (
    _reader(python.find, python.SIGN, "python"),
    _reader(javascript.find, javascript.SIGN, "javascript", "node"),
    _reader(java.find, java.SIGN, "java"),
    _reader(dotnet.find, dotnet.SIGN, "csharp"),
    _reader(go.find, go.SIGN, "go"),
    _reader(ruby.find, ruby.SIGN, "ruby"),
    _reader(php.find, php.SIGN, "php"),
    _reader(rust.find, rust.SIGN, "rust"),
)
_OF_PLATFORM = {platform: reader for reader in _ALL for platform in reader.platforms}
_ANY_SIGN = re.compile(
    "|".join(f"(?:{sign})" for sign in dict.fromkeys(reader.sign.pattern for reader in _ALL)),
    re.VERBOSE | re.MULTILINE,
)


def has_sign(text: str) -> bool:
    """Whether `text` may have a stack trace of any language; most texts have none."""
    return _ANY_SIGN.search(text) is not None


def signs() -> tuple[str, ...]:
    """The patterns that `has_sign` looks for: verbose, with `^` and `$` at the ends of lines."""
    return tuple(dict.fromkeys(reader.sign.pattern for reader in _ALL))


def of_platform(platform: str | None) -> Reader | None:
    """The reader of Sentry's platform of that name."""
    return _OF_PLATFORM.get(platform or "")


def interested(text: str) -> Iterator[Reader]:
    """The readers that may find a trace in `text`."""
    for reader in _ALL:
        if reader.sign.search(text) is not None:
            yield reader
