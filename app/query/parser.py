"""Parses a search. There is no text that cannot be searched for: what is no language is text.

    query  := either
    either := all ("or" all)*
    all    := part+
    part   := ["-"] (group | term)
    group  := "(" either ")"
    term   := [key ":" [operator]] (quoted | plain)

A hyphen negates before a key, a quote, a parenthesis or a letter: `-1` and `--flag` are text. A parenthesis
groups where it begins a word and has its other half: `charge(cart)` is text. In quotes, `""` is a quotation
mark. A key that is still without its value says nothing yet, and is not in the tree. By hand, in a few dozen
lines: most of what is typed or pasted is no sentence of any grammar, and a generated parser would have to be
given each of these ways out.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from app.query import problems as checks
from app.query.fields import ALIASES, FIELDS, ORDERED
from app.query.syntax import All, Either, Node, Not, Operator, Problem, Query, Term

_KEY = re.compile(r"([A-Za-z]+)(?:\.([\w.\-]+))?:")
_OPERATORS = {operator[1:]: operator for operator in Operator if operator is not Operator.HAS}
_OPERATOR = re.compile(r">=|<=|>|<|=")
# `message: …` of a pasted text, `module::function` and `file:///etc/hosts` have no key.
_NO_VALUE = re.compile(r"\s|:|//")
_QUOTED = re.compile(r'"((?:[^"]|"")*)(?:"|\Z)')
_DEEPEST = 32


class _Token(Struct, frozen=True):
    """`text` is "(", ")", "-" or "or" of the grammar, or the text of a term."""

    text: str
    start: int
    term: Term | None = None


def parse(text: str) -> Query:
    """The search as a tree, with what is wrong with it. Raises nothing, whatever the text."""
    tokens = list(_tokens(_readable(text)))
    problems: list[Problem] = []
    root = _Parser(_balanced(tokens, problems)).either()
    for term in typed_terms(text):
        problem = checks.of_value(term) if term.key and term.value else checks.of_key(term)
        if problem is not None:
            problems.append(problem)
    problems.sort(key=lambda problem: problem.start)
    return Query(root, tuple(problems))


def typed_terms(text: str) -> tuple[Term, ...]:
    """All terms as they were typed, those that are without a value, too."""
    return tuple(token.term for token in _tokens(_readable(text)) if token.term is not None)


def signs(text: str) -> tuple[tuple[int, int], ...]:
    """Where the parentheses, hyphens and "or" of the grammar stand, each from its start to its end."""
    found = (token for token in _tokens(_readable(text)) if token.term is None)
    return tuple((token.start, token.start + len(token.text)) for token in found)


def _readable(text: str) -> str:
    # SQLite ends a text at its first NUL.
    return text.replace("\0", " ")


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
            return token.term if token.term.value else None
        if token.text == "-":
            # A hyphen stands before a term or a group: see `_negates` and `_balanced`.
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
    at, is_open, is_negated = 0, 0, False
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
            is_negated = True
            continue
        else:
            term = _term(text, at, in_group=is_open > 0)
            is_or = text[at : term.end] in ("or", "OR") and not is_negated
            yield _Token("or", at) if is_or else _Token(term.value, at, term)
            at = term.end
        is_negated = False


def _negates(text: str, at: int) -> bool:
    return at < len(text) and (text[at] in '"(' or text[at].isalpha())


def _term(text: str, start: int, *, in_group: bool) -> Term:
    key, name, at = _key(text, start)
    operator = Operator.HAS
    compared = _OPERATOR.match(text, at) if key else None
    if compared is not None and (compared[0] == "=" or FIELDS[key].kind in ORDERED):
        operator = _OPERATORS[compared[0]]
        at = compared.end()
    value, end, is_quoted = _value(text, at, in_group=in_group)
    return Term(
        key=key,
        value=value,
        operator=operator,
        name=value if key == "has" else name,
        is_quoted=is_quoted,
        start=start,
        value_start=at,
        end=end,
    )


def _key(text: str, start: int) -> tuple[str, str, int]:
    """The key that begins here with its name, and where its value begins; empty where there is none."""
    found = _KEY.match(text, start)
    if found is None:
        return "", "", start
    known = ALIASES.get(found[1].lower(), found[1].lower())
    if known not in FIELDS or (known == "tag") != bool(found[2]) or _NO_VALUE.match(text, found.end()):
        return "", "", start
    return known, found[2] or "", found.end()


def _value(text: str, at: int, *, in_group: bool) -> tuple[str, int, bool]:
    """The value that begins here, where it ends, and whether it was quoted."""
    if text[at : at + 1] == '"':
        quoted = _QUOTED.match(text, at)
        assert quoted is not None
        return quoted[1].replace('""', '"'), quoted.end(), True
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
    """The tokens without a parenthesis that has no other half; the first of those is a problem."""
    unclosed: list[int] = []
    for place, token in enumerate(tokens):
        if token.term is None and token.text == "(":
            unclosed.append(place)
        elif token.term is None and token.text == ")":
            unclosed.pop()
    dropped = set(unclosed)
    for place in unclosed:
        if place == unclosed[0]:
            start = tokens[place].start
            problems.append(
                Problem(
                    start=start,
                    end=start + 1,
                    sentence="This “(” has no “)”. Quote it to search for it.",
                    is_doubt=True,
                )
            )
        # What a hyphen before it would have negated is no group.
        if place and tokens[place - 1].text == "-" and tokens[place - 1].term is None:
            dropped.add(place - 1)
    return [token for place, token in enumerate(tokens) if place not in dropped]
