"""Colours for the lines of a frame's source, by Pygments; of a long line, what is around its mark.

An excerpt begins anywhere, perhaps within a comment or a string of several lines. So each way in which it may
begin is tried until one says that the line that failed begins with code.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec.structs import replace
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from app.source.excerpt import Line

KEYWORD, STRING, COMMENT, NUMBER, NAME = "keyword", "string", "comment", "number", "name"
LONGEST_COLOURED = 1_000
MOST_COLOURED = 24_000
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment.Preproc, KEYWORD),
    (Comment, COMMENT),
    (Keyword, KEYWORD),
    (Operator.Word, KEYWORD),
    (String, STRING),
    (Number, NUMBER),
    (Literal, STRING),
    (Name.Function, NAME),
    (Name.Class, NAME),
    (Name.Decorator, NAME),
    (Name.Tag, KEYWORD),
    (Name.Builtin.Pseudo, KEYWORD),
    (Name.Builtin, NAME),
    (Name.Exception, NAME),
)
_SLASH_STAR = ("/*\n",)
_BEGINNINGS = {
    "python": ('"""\n', "'''\n"),
    "cython": ('"""\n', "'''\n"),
    "javascript": ("/*\n", "`\n"),
    "typescript": ("/*\n", "`\n"),
    "ruby": ("=begin\n",),
    **dict.fromkeys(
        "java kotlin scala groovy go rust swift objective-c objective-c++ c cpp csharp fsharp php dart d css "
        "scss sql zig".split(),
        _SLASH_STAR,
    ),
}
_OPTIONS = {"php": {"startinline": True}}
_BEFORE_A_STRING = ("=", "(", ",", "[", "{", "+", ":", "return", "f", "r", "b", "sql", "html", "gql")
_CACHED = 256

Runs = Sequence[tuple[int, int, str]]


def coloured(lines: tuple[Line, ...], language: str | None, failing: int | None) -> tuple[Line, ...]:
    """The same lines with their runs of colours. `failing` is the number of the line that failed."""
    lexer = None if language is None else _lexer(language)
    if lexer is None or language is None:
        return lines
    parts = tuple(_part(line) for line in lines)
    if (
        sum(len(line.text[start:end]) for line, (start, end) in zip(lines, parts, strict=True))
        > MOST_COLOURED
    ):
        return lines
    text = tuple(line.text[start:end] for line, (start, end) in zip(lines, parts, strict=True))
    at = next((place for place, line in enumerate(lines) if line.number == failing), None)
    runs = _runs(text, language, at)
    return tuple(
        replace(line, runs=tuple((first + start, last + start, kind) for first, last, kind in own))
        for line, (start, _), own in zip(lines, parts, runs, strict=True)
    )


def _part(line: Line) -> tuple[int, int]:
    """Which part of a line is coloured: its beginning, or what is around its mark."""
    if len(line.text) <= LONGEST_COLOURED:
        return 0, len(line.text)
    at = 0 if line.mark is None else line.mark[0]
    start = max(0, min(at - LONGEST_COLOURED // 2, len(line.text) - LONGEST_COLOURED))
    return start, start + LONGEST_COLOURED


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False, **_OPTIONS.get(language, {}))
    except ClassNotFound:
        return None


@lru_cache(maxsize=_CACHED)
def _runs(
    lines: tuple[str, ...], language: str, failing: int | None
) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    lexer = _lexer(language)
    assert lexer is not None
    as_it_is = _read(lexer, lines, "")
    for beginning in _BEGINNINGS.get(language, ()):
        if failing is None or _begins_with_code(lines, as_it_is, failing):
            break
        read = _read(lexer, lines, beginning)
        if _begins_with_code(lines, read, failing):
            as_it_is = read
    return tuple(tuple(own) for own in as_it_is)


def _begins_with_code(lines: Sequence[str], read: Sequence[Runs], failing: int) -> bool:
    """Whether the line that failed begins outside of a string and a comment, or in one that code began."""
    if not _is_within(lines[failing], read[failing]):
        return True
    opening = failing - 1
    while opening >= 0 and (not lines[opening].strip() or _is_within(lines[opening], read[opening])):
        opening -= 1
    if opening < 0 or not read[opening] or read[opening][-1][2] != STRING:
        return False
    return lines[opening][: read[opening][-1][0]].rstrip().endswith(_BEFORE_A_STRING)


def _is_within(text: str, runs: Runs) -> bool:
    """Whether a line is read as if it began within a string or a comment."""
    if not runs:
        return False
    indent = len(text) - len(text.lstrip())
    first, last, kind = runs[0]
    return (first < max(indent, 1) and kind in (STRING, COMMENT) and not _opens(text[indent:])) or (
        first <= indent < last and kind == COMMENT
    )


def _opens(text: str) -> bool:
    return text.startswith(('"', "'", "`", "f'", 'f"', "b'", 'b"', "r'", 'r"'))


def _read(lexer: Lexer, lines: Sequence[str], beginning: str) -> list[list[tuple[int, int, str]]]:
    runs: list[list[tuple[int, int, str]]] = [[] for _ in lines]
    number, column = -beginning.count("\n"), 0
    for kind, text in _tokens(lexer, beginning + "\n".join(lines)):
        for place, part in enumerate(text.split("\n")):
            if place:
                number, column = number + 1, 0
            if part and kind and 0 <= number < len(runs):
                _add(runs[number], column, column + len(part), kind)
            column += len(part)
    return runs


def _add(runs: list[tuple[int, int, str]], first: int, last: int, kind: str) -> None:
    if runs and runs[-1][1] == first and runs[-1][2] == kind:
        runs[-1] = (runs[-1][0], last, kind)
    else:
        runs.append((first, last, kind))


def _tokens(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    for _at, token, value in lexer.get_tokens_unprocessed(text):
        yield _kind(token), value


@cache
def _kind(token: _TokenType) -> str:
    return next((kind for parent, kind in _KINDS if token in parent), "")
