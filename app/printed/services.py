"""Tells the services apart that one terminal shows: Docker Compose, and runners of a Procfile.

    web-1  | Traceback (most recent call last):          docker compose
    12:01:07 web.1   | Traceback (most recent call last):   foreman, honcho, overmind
    [web] Traceback (most recent call last):                concurrently, where a name was given

A name without a number is believed only after Compose has listed it ("Attaching to db, web-1").
"""

import re

_NUMBERED = re.compile(
    r"(?:\d\d:\d\d:\d\d )?(?P<service>[A-Za-z][\w.-]{0,99}?)(?P<number>[-_.]\d{1,4}) {0,60}\| ?(?P<text>.*)",
    re.DOTALL,
)
_NAMED = re.compile(
    r"(?:\d\d:\d\d:\d\d )?(?P<service>[A-Za-z][\w.-]{0,99}) {0,60}\| ?(?P<text>.*)", re.DOTALL
)
_BRACKETED = re.compile(r"\[(?P<service>[A-Za-z][\w-]{0,49})\] (?P<text>.*)", re.DOTALL)
_ATTACHING = re.compile(r"Attaching to (?P<names>[\w., -]{1,4000})")
# Loggers write levels and their own names in brackets, too.
_BRACKETS_BELIEVED_AFTER = 3
_LEVELS = frozenset(
    "debug info notice warn warning error err fatal critical trace verbose main worker http".split()
)


class Services:
    """Reads the services off the lines of one stream."""

    def __init__(self) -> None:
        self._listed: set[str] = set()
        self._in_brackets: dict[str, int] = {}

    def split(self, line: str) -> tuple[str | None, str]:
        """The service that printed a plain line, and what it printed; None where no service is named."""
        if line.startswith("Attaching to ") and (attaching := _ATTACHING.fullmatch(line)):
            self._listed.update(name.strip() for name in attaching["names"].split(","))
            return None, line
        numbered = _NUMBERED.fullmatch(line)
        if numbered is not None:
            return numbered["service"], numbered["text"]
        named = _NAMED.fullmatch(line) if self._listed else None
        if named is not None and named["service"] in self._listed:
            return named["service"], named["text"]
        bracketed = _BRACKETED.fullmatch(line)
        if bracketed is not None and self._is_believed(bracketed["service"]):
            return bracketed["service"], bracketed["text"]
        return None, line

    def _is_believed(self, name: str) -> bool:
        """Whether `name` in brackets is a service: it and another one have stood so before many lines."""
        if name.lower() in _LEVELS or len(self._in_brackets) > 100:
            return False
        self._in_brackets[name] = self._in_brackets.get(name, 0) + 1
        often = [count >= _BRACKETS_BELIEVED_AFTER for count in self._in_brackets.values()]
        return self._in_brackets[name] >= _BRACKETS_BELIEVED_AFTER and sum(often) > 1
