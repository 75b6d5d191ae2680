"""Parses a search. There is no text that cannot be searched for: what is no language is text.

    query  := either
    either := all ("or" all)*
    all    := part+
    part   := ["-"] (group | term)
    group  := "(" either ")"
    term   := [key ":" [operator]] (quoted | plain)

A hyphen negates before a key, a quote, a parenthesis or a letter: `-1` and `--flag` are text. A parenthesis
groups where it begins a word and has its other half: `charge(cart)` is text. By hand, in a few dozen lines:
most of what is typed or pasted is no sentence of any grammar, and a generated parser would have to be given
each of these ways out.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from app.query.fields import ALIASES, FIELDS
from app.query.syntax import All, Either, Node, Not, Operator, Problem, Query, Term

_KEY = re.compile(r"([A-Za-z]+)(?:\.([\w.\-]+))?:")
_OPERATORS = {">=": Operator.AT_LEAST, "<=": Operator.AT_MOST, ">": Operator.MORE, "<": Operator.LESS}
_WITH_OPERATOR = re.compile(r"(>=|<=|>|<|=)")
_DEEPEST = 32


class _Token(Struct, frozen=True):
    """`text` is "(", ")", "-" or "or" of the grammar, or the text of a term."""

    text: str
    start: int
    term: Term | None = None


def parse(text: str) -> Query:
    """The search as a tree, with what is wrong with it. Raises nothing, whatever the text."""
    # SQLite ends a text at its first NUL.
    tokens = list(_tokens(text.replace("\0", " ")))
    problems: list[Problem] = []
    parts = _Parser(_balanced(tokens, problems))
    return Query(parts.either(), tuple(problems))


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def either(self) -> Node | None:
        found = [self._all()]
        while self._next() == "or":
            self._at += 1
            found.append(self._all())
        return _joined(Either, [each for each in found if each is not None])

    def _all(self) -> Node | None:
        found: list[Node] = []
        while self._next() not in (None, "or", ")"):
            part = self._part()
            if part is not None:
                found.append(part)
        return _joined(All, found)

    def _part(self) -> Node | None:
        token = self._tokens[self._at]
        self._at += 1
        if token.term is not None:
            return token.term
        if token.text == "-":
            part = self._part()
            return None if part is None else Not(part)
        inside = self.either()
        self._at += 1
        return inside

    def _next(self) -> str | None:
        if self._at == len(self._tokens):
            return None
        token = self._tokens[self._at]
        return "" if token.term is not None else token.text


def _joined(kind: type[All] | type[Either], found: list[Node]) -> Node | None:
    if len(found) < 2:
        return found[0] if found else None
    return kind(tuple(found))


def _tokens(text: str) -> Iterator[_Token]:
    at, is_open = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] == "(" and is_open < _DEEPEST:
            is_open += 1
            yield _Token("(", at)
            at += 1
        elif text[at] == ")" and is_open:
            is_open -= 1
            yield _Token(")", at)
            at += 1
        elif text[at] == "-" and _negates(text, at + 1):
            yield _Token("-", at)
            at += 1
        else:
            term = _term(text, at, in_group=is_open > 0)
            is_or = text[at : term.end] in ("or", "OR")
            yield _Token("or", at) if is_or else _Token(term.value, at, term)
            at = term.end


def _negates(text: str, at: int) -> bool:
    return at < len(text) and (text[at] in '"(' or text[at].isalpha())


def _term(text: str, start: int, *, in_group: bool) -> Term:
    key, name, at, operator = "", "", start, Operator.HAS
    found = _KEY.match(text, start)
    if found is not None:
        known = ALIASES.get(found[1].lower(), found[1].lower())
        # `message: …` of a pasted text has a space behind the colon, and is no key.
        follows = found.end() == len(text) or not text[found.end()].isspace()
        if known in FIELDS and (known == "tag") == bool(found[2]) and follows:
            key, name, at = known, found[2] or "", found.end()
    if key:
        compared = _WITH_OPERATOR.match(text, at)
        if compared is not None:
            operator = _OPERATORS.get(compared[1], Operator.IS)
            at = compared.end()
    value, end, is_quoted = _value(text, at, in_group=in_group)
    if key == "has":
        name = value
    return Term(key=key, value=value, operator=operator, name=name, is_quoted=is_quoted, start=start, end=end)


def _value(text: str, at: int, *, in_group: bool) -> tuple[str, int, bool]:
    """The value that begins here, where it ends, and whether it was quoted."""
    if text[at : at + 1] == '"':
        close = text.find('"', at + 1)
        end = len(text) if close < 0 else close + 1
        return text[at + 1 : len(text) if close < 0 else close], end, True
    end, depth = at, 0
    while end < len(text) and not text[end].isspace():
        if text[end] == '"' and end > at:
            break
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth < 0 and in_group:
            break
        end += 1
    return text[at:end], end, False


def _balanced(tokens: list[_Token], problems: list[Problem]) -> list[_Token]:
    """The tokens without a parenthesis that has no other half; that is a problem each."""
    opened = [place for place, token in enumerate(tokens) if token.term is None and token.text == "("]
    closed = sum(token.term is None and token.text == ")" for token in tokens)
    unclosed = set(opened[len(opened) - (len(opened) - closed) :]) if len(opened) > closed else set()
    for place in unclosed:
        start = tokens[place].start
        problems.append(
            Problem(start=start, end=start + 1, sentence='This "(" has no ")". Quote it to search for it.')
        )
    return [token for place, token in enumerate(tokens) if place not in unclosed]
