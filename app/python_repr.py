"""Reads what Python's `repr` prints, as clients send local variables, into a tree of typed values.

`ast.literal_eval` reads literals only; this also reads calls (`Decimal('1.5')`, `Item(name='tea', price=3)`),
what is in angle brackets, and text that was cut anywhere. It evaluates nothing, and its work is bounded by
`MOST_STEPS`.

Source: https://docs.python.org/3/reference/lexical_analysis.html#literals
"""

import re
from enum import Enum, auto

from msgspec import Struct

LONGEST = 400_000
MOST_STEPS = 50_000
_DEEPEST = 60

_SPACE = re.compile(r"\s*")
_STRING = re.compile(
    r"(b|B)?(?:'([^'\\]*(?:\\.[^'\\]*)*)('|\Z|\\\Z)|\"([^\"\\]*(?:\\.[^\"\\]*)*)(\"|\Z|\\\Z))", re.DOTALL
)
_REAL = r"(?:\d+(?:_\d+)*(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf|nan)"
_NUMBER = re.compile(rf"[-+]?{_REAL}j?(?![\w.])|\([-+]?{_REAL}[-+]{_REAL}j\)")
_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_ARGUMENT = re.compile(r"([^\W\d]\w*)\s*=(?!=)\s*")
_ANGLES = re.compile(r"[<>]")
_ESCAPE = re.compile(
    r"\\(?:([\\'\"abfnrtv])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(00[01][0-9a-fA-F]{5})|([0-7]{1,3}))"
)
_SIMPLE = dict(zip("\\'\"abfnrtv", "\\'\"\a\b\f\n\r\t\v", strict=True))
_CONSTANTS = frozenset(("None", "True", "False", "Ellipsis", "NotImplemented"))


class Kind(Enum):
    """What a value is. An `OBJECT` stands in angle brackets, a `NAME` is any other word."""

    TEXT = auto()
    BYTES = auto()
    NUMBER = auto()
    CONSTANT = auto()
    NAME = auto()
    OBJECT = auto()
    CALL = auto()
    LIST = auto()
    TUPLE = auto()
    SET = auto()
    DICT = auto()


class Value(Struct, frozen=True):
    """One value.

    `text` is a string's content, a call's name, and of all else without items how it is written. The members
    of a dict have keys, the arguments of a call names where they were given some. `cut`: the text ends within
    this value, or an ellipsis says that there were more items.
    """

    kind: Kind
    text: str = ""
    items: "tuple[tuple[Value | str | None, Value], ...]" = ()
    cut: bool = False


class _Unreadable(Exception):
    """This is not what `repr` prints."""


def read(text: str) -> Value | None:
    """The value that `text` is the `repr` of, or None when it cannot be read as one. Raises nothing."""
    reader = _Reader(text[:LONGEST])
    try:
        value = reader.value(0)
        reader.end()
    except _Unreadable:
        value = None
    if value is None and text[:1] == "<" and text[-1:] == ">":
        return Value(Kind.OBJECT, text)
    return value


class _Reader:
    """One reading, from `_at` on. At the end of the text, what is open is closed, and marked as cut."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._steps = 0
        self._over = False

    def end(self) -> None:
        self._skip_space()
        if not self._over and self._at < len(self._text):
            raise _Unreadable

    def _skip_space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _next(self) -> str:
        """The next character that is no space; empty at the end, which too many steps are as well."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            self._over = True
        self._skip_space()
        if self._over or self._at >= len(self._text):
            self._over = True
            return ""
        return self._text[self._at]

    def _take(self, token: str) -> bool:
        if self._next() and self._text.startswith(token, self._at):
            self._at += len(token)
            return True
        return False

    def value(self, depth: int) -> Value:
        """The value at this place. Raises `_Unreadable`."""
        first = self._next()
        if not first or depth > _DEEPEST:
            raise _Unreadable
        if number := _NUMBER.match(self._text, self._at):
            return self._atom(Kind.NUMBER, number.end())
        if first in "'\"bB" and (string := _STRING.match(self._text, self._at)):
            return self._string(string)
        if first == "[":
            return self._many(Kind.LIST, "]", depth)
        if first == "(":
            return self._many(Kind.TUPLE, ")", depth)
        if first == "{":
            return self._braces(depth)
        if first == "<":
            return self._object()
        return self._word(depth)

    def _atom(self, kind: Kind, end: int) -> Value:
        text = self._text[self._at : end]
        self._at = end
        return Value(kind, text)

    def _string(self, found: re.Match[str]) -> Value:
        self._at = found.end()
        body = found[2] if found[2] is not None else found[4]
        is_cut = (found[3] or found[5] or "") not in ("'", '"')
        self._over = self._over or is_cut
        kind = Kind.BYTES if found[1] else Kind.TEXT
        if is_cut and body.endswith("..."):
            body = body[:-3]
        # Bytes stay as they are written: most of them are no characters.
        return Value(kind, body if found[1] else _unescaped(body), cut=is_cut)

    def _many(self, kind: Kind, closing: str, depth: int) -> Value:
        self._at += 1
        items: list[tuple[Value | str | None, Value]] = []
        cut = self._items(items, closing, depth, arguments=False)
        return Value(kind, items=tuple(items), cut=cut)

    def _items(
        self, items: "list[tuple[Value | str | None, Value]]", closing: str, depth: int, *, arguments: bool
    ) -> bool:
        """Reads items up to `closing`; returns whether more of them are missing."""
        cut = False
        while not self._take(closing):
            if not self._next():
                return True
            if self._take("..."):
                cut = True
            else:
                name = _ARGUMENT.match(self._text, self._at) if arguments else None
                if name:
                    self._at = name.end()
                if (item := self._item(depth)) is None:
                    return True
                items.append((name[1] if name else None, item))
            if not self._take(",") and self._next() not in (closing, ""):
                raise _Unreadable
        return cut

    def _item(self, depth: int) -> Value | None:
        """An item; None where the text ends."""
        return self.value(depth + 1) if self._next() else None

    def _braces(self, depth: int) -> Value:
        """A dict or a set, which the first item tells."""
        self._at += 1
        items: list[tuple[Value | str | None, Value]] = []
        kind, cut = Kind.DICT, False
        while not self._take("}"):
            if self._take("..."):
                cut = True
            else:
                key = self._item(depth)
                if key is None:
                    return Value(kind, items=tuple(items), cut=True)
                if not items and self._next() not in (":", ""):
                    kind = Kind.SET
                if kind is Kind.SET:
                    items.append((None, key))
                else:
                    if not self._take(":") and self._next():
                        raise _Unreadable
                    value = self._item(depth)
                    if value is None:
                        return Value(kind, items=tuple(items), cut=True)
                    items.append((key, value))
            if not self._take(",") and self._next() not in ("}", ""):
                raise _Unreadable
        return Value(kind, items=tuple(items), cut=cut)

    def _object(self) -> Value:
        """`<Foo object at 0x7f…>`, up to the bracket that closes the first."""
        start, depth = self._at, 0
        for bracket in _ANGLES.finditer(self._text, start):
            if bracket[0] == ">" and self._text[bracket.start() - 1] in "-=":
                continue
            depth += 1 if bracket[0] == "<" else -1
            if depth == 0:
                return self._atom(Kind.OBJECT, bracket.end())
        self._over = True
        return Value(Kind.OBJECT, self._text[start:], cut=True)

    def _word(self, depth: int) -> Value:
        found = _NAME.match(self._text, self._at)
        if not found:
            raise _Unreadable
        name = self._atom(Kind.NAME, found.end())
        if name.text in _CONSTANTS:
            return Value(Kind.CONSTANT, name.text)
        if not self._text.startswith("(", self._at):
            return name
        self._at += 1
        items: list[tuple[Value | str | None, Value]] = []
        cut = self._items(items, ")", depth, arguments=True)
        return Value(Kind.CALL, name.text, tuple(items), cut)


def _unescaped(body: str) -> str:
    return _ESCAPE.sub(_character, body) if "\\" in body else body


def _character(found: re.Match[str]) -> str:
    if found[1]:
        return _SIMPLE[found[1]]
    if found[5]:
        return chr(int(found[5], 8))
    code = int(found[2] or found[3] or found[4], 16)
    return chr(code) if code <= 0x10FFFF else found[0]
