"""Text from outside, made safe to show, in the window and in a terminal: nothing hidden, nothing interpreted.

An event holds whatever the failing app, or an attacker, put there. Control characters, terminal
sequences, bidi overrides and what has no width are shown as visible marks (`‹1B›`, `‹202E›`), so that no text
is shown in another order than it has, and none acts on what shows it. What is copied from the window is
always the original.
"""

import re
import sys
import unicodedata

LONGEST_PREVIEW = 240
LONGEST_ROW = 300
LONGEST_WORD = 40
_JOINERS = frozenset("\u200c\u200d")  # scripts and emoji need them; between ASCII letters they only hide
_KEPT_SPACES = frozenset("\n\t\u00a0\u202f\u3000")
# Letters by their category, yet nothing is seen of them.
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_SUSPECT = re.compile(f"[{_BLANK_LETTERS}{_COMBINING}]")
_BLANK = re.compile(f"[{_BLANK_LETTERS}]")
# A mark needs a letter to stand on; a pile of them would be painted over other lines.
_MARKS = re.compile(f"(^|[\\s‹›])?([{_COMBINING}]{{1,4}})([{_COMBINING}]*)")
_DOTTED_CIRCLE = "\u25cc"
# ECMA-48, SGR: what colours text in a terminal.
_COLOURS = re.compile("(?:\x1b\\[|\x9b)[0-9;:]*m")
# Of a dotted name or a path, whole parts stay together.
_LONG_WORD = re.compile(
    rf"(?=[^\s\u200b]{{{LONGEST_WORD + 1}}})"
    rf"(?:[^\s\u200b]{{10,{LONGEST_WORD - 1}}}[./\\:_-]|[^\s\u200b]{{{LONGEST_WORD}}})"
)


def plain(text: str) -> str:
    """`text`, its lines kept, with every character that cannot be seen replaced by one that can."""
    if text.isprintable() and (text.isascii() or not _SUSPECT.search(text)):
        return text
    before, shown = "", []
    for character in text:
        shown.append(_visible(character, before))
        before = character
    return _with_base_letters("".join(shown).expandtabs(4))


def one_line(text: str, limit: int = LONGEST_PREVIEW) -> str:
    """The beginning of `text` on one line, without terminal colours, for a place where it is cut anyway."""
    if "\x1b" in text[: 2 * limit] or "\x9b" in text[: 2 * limit]:
        text = _without_colours(text[: 4 * limit])
    return " ".join(plain(text[:limit].replace("\r\n", "\n").replace("\r", "\n")).split("\n"))


def compact_line(text: str, limit: int = LONGEST_ROW) -> str:
    """`one_line` with each run of blanks as one: what a row shows of a message that may have megabytes."""
    return " ".join(one_line(text, limit).split())


def elided(text: str, limit: int) -> str:
    """The same, with a mark where something was left out; at most `limit` characters and those of marks."""
    line = compact_line(text, limit + 1)
    return line if len(text) <= limit or len(line) < limit else f"{line[: limit - 1]}…"


def clipped(text: str, limit: int) -> tuple[str, int]:
    """The first `limit` characters as a block without terminal colours, and how many more there are."""
    return plain(_without_colours(text[:limit]).replace("\r\n", "\n")), max(0, len(text) - limit)


def _without_colours(text: str) -> str:
    return _COLOURS.sub("", text) if "\x1b" in text or "\x9b" in text else text


def breakable(text: str) -> str:
    """`text` with places to break within its very long words, for what wraps only between words."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def plural(number: int, noun: str, plural_noun: str | None = None) -> str:
    """`1 issue`, `3 issues`, `1,204 issues`."""
    return f"{number:,} {noun if number == 1 else plural_noun or noun + 's'}"


def say(text: object = "", *, error: bool = False, flush: bool = False) -> None:
    """Print `text` as a block to stdout, or to stderr: what every command says goes through here."""
    # One stream may know fewer characters than the text has: it shows them escaped, and does not fail.
    stream = sys.stderr if error else sys.stdout
    line = plain(str(text))
    encoding = stream.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=flush)


def _visible(character: str, before: str) -> str:
    if character in _JOINERS:
        return character if before and not before.isascii() else _mark(character)
    if _BLANK.match(character):
        return _mark(character)
    if character.isprintable() or character in _KEPT_SPACES:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return " " if category == "Zs" else _mark(character)


def _mark(character: str) -> str:
    return f"‹{ord(character):02X}›"


def _with_base_letters(text: str) -> str:
    return _MARKS.sub(_with_base, text) if _SUSPECT.search(text) else text


def _with_base(found: re.Match[str]) -> str:
    alone = found[1] is not None or found.start() == 0
    rest = "".join(map(_mark, found[3]))
    return f"{found[1] or ''}{_DOTTED_CIRCLE if alone else ''}{found[2]}{rest}"
