"""Reads XML from strangers into a tree: no document type, no entities but XML's own, and all of it bounded.

A document type is where an entity grows beyond all memory and where files are fetched from: it ends the
reading. What stands before a fault is kept. Source: https://docs.python.org/3/library/xml.html#xml-security
"""

import codecs
import re
from xml.parsers import expat

from msgspec import Struct, field

_BUFFER = 1 << 18
MOST_ELEMENTS = 20_000
MOST_CHARACTERS = 4_000_000
DEEPEST = 50
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding=[\"']([\w.-]{1,40})[\"']")
# Characters that XML forbids, as they are and as references; clients send them all the same.
_FORBIDDEN = bytes(each for each in range(32) if each not in b"\t\n\r")
_REFERENCE = re.compile(
    rb"&#(?:[xX]0{0,6}(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0{0,6}(?:[0-8]|1[124-9]|2[0-9]|3[01]));"
)


class Element(Struct):
    """An element with what is in it; of text between its children only that before the first is kept."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element]" = field(default_factory=list)
    text: str = ""

    def child(self, name: str) -> "Element | None":
        """The first child of a name."""
        return next((each for each in self.children if each.name == name), None)

    def said(self, *names: str) -> str | None:
        """The text at the end of a path of children, without space around it; None where there is none."""
        found: Element | None = self
        for name in names:
            found = found.child(name) if found is not None else None
        return (found.text.strip() or None) if found is not None else None


class _TooMuch(Exception):
    """The document exceeds a bound, or has what no report needs."""


def read(body: bytes) -> tuple[Element | None, str | None]:
    """The document's element, None where there is none, and what was wrong as a phrase. Raises nothing."""
    reader = _Reader()
    problem = None
    try:
        reader.parser.Parse(_cleaned(body), True)
    except _TooMuch as error:
        problem = str(error)
    except expat.ExpatError as error:
        problem = f"{expat.ErrorString(error.code)} in line {error.lineno:,}"
    return reader.root, problem


def _cleaned(body: bytes) -> bytes:
    """The document as UTF-8, which the parser takes it for, without characters that no XML may have."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        named = _ENCODING.search(body[:300])
        is_cp1252 = named is not None and named[1].lower() in (b"windows-1252", b"cp1252")
        body = body.decode("cp1252" if is_cp1252 else "latin-1", "replace").encode()
    return _REFERENCE.sub(b"\xef\xbf\xbd", body.removeprefix(codecs.BOM_UTF8).lstrip()).translate(
        None, _FORBIDDEN
    )


class _Reader:
    """Builds the tree as the parser goes, so that it is there when the document breaks off."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._elements = self._characters = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text, self.parser.buffer_size = True, _BUFFER
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._count(sum(map(len, attributes.values())))
        if self._elements > MOST_ELEMENTS:
            raise _TooMuch(f"more than {MOST_ELEMENTS:,} elements")
        if len(self._open) >= DEEPEST:
            raise _TooMuch(f"elements nested deeper than {DEEPEST}")
        made = Element(name, attributes)
        if self._open:
            self._open[-1].children.append(made)
        elif self.root is None:
            self.root = made
        self._open.append(made)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._count(len(text))
        within = self._open[-1]
        if not within.children:
            within.text += text

    def _count(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MOST_CHARACTERS:
            raise _TooMuch(f"more than {MOST_CHARACTERS:,} characters")

    def _refuse(self, *_declared: object) -> None:
        raise _TooMuch("a document type, which no notice needs")
