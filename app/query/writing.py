"""Writes searches: terms that are read back as they are meant, and searches with a term more or less.

What a person typed is left as it is wherever that says what is to be said; else the search is written anew.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from msgspec.structs import replace

from app.query import parser, problems
from app.query.fields import FIELDS, ORDERED
from app.query.syntax import All, Either, Node, Not, Problem, Term

# As much as the digest files of a tag.
_LONGEST_NAME, _LONGEST_VALUE = 64, 200
_NAME = re.compile(r"[\w.\-]+")
_SPACES = re.compile(r"[\s\0]+")
_NEEDS_QUOTES = re.compile(r'[\s"()*]|\A(?:[<>=:]|//|\Z)')
# A group or an "or" of which a half is missing.
_LEFT_OVER = re.compile(r"\(\s*\)|(?:\A|[(\s])or\s*(?:\)|\Z)|(?:\A|\()\s*or\s|\sor\s+or\s", re.IGNORECASE)
_OPERATOR = re.compile(r"[<>]=?")
_KEYS_OF_TAGS = {field.tag: key for key, field in FIELDS.items() if field.tag}

Standing = Literal["added", "excluded", ""]


def term(key: str, value: str) -> str:
    """The term `key:value`, which means this very text. `key` is one of `FIELDS`, or `tag.NAME`.

    What can be no key is searched for as words. A value of an ordered kind may have its operator: `>10`.
    """
    base, _, name = key.partition(".")
    value = _one_line(value)
    if (
        base not in FIELDS
        or bool(name) != (base == "tag")
        or (name and not _NAME.fullmatch(name))
        or not value
    ):
        return phrase(f"{name or base} {value}")
    operator = _OPERATOR.match(value) if FIELDS[base].kind in ORDERED else None
    at = 0 if operator is None else operator.end()
    return f"{key}:{value[:at]}{quoted_if_needed(value[at:])}"


def tag(name: str, value: str) -> str:
    """The term for all events with this tag."""
    key = key_of_tag(name)
    return phrase(f"{name[:_LONGEST_NAME]} {value}") if not key else term(key, value)


def key_of_tag(name: str) -> str:
    """The key by which events with a tag are found; empty where its name can be in no key."""
    name = name[:_LONGEST_NAME]
    if name == "level":
        return "level"
    return _KEYS_OF_TAGS.get(name, f"tag.{name}" if _NAME.fullmatch(name) else "")


def phrase(text: str) -> str:
    """The search for words that stand together."""
    return _quoted(_one_line(text, _LONGEST_NAME + 1 + _LONGEST_VALUE))


def written(node: Node | None) -> str:
    """A search that is parsed into this tree, but for the places in it."""
    match node:
        case None:
            return ""
        case Term():
            return _written_term(node)
        case Not():
            inside = written(node.of)
            return (
                f"-{inside}" if isinstance(node.of, Term) and node.of.key else f"-{_as_part(node.of, inside)}"
            )
        case All():
            return " ".join(_grouped(each) for each in node.of)
        case Either():
            return " or ".join(
                f"({written(each)})" if isinstance(each, Either) else written(each) for each in node.of
            )


def add(text: str, key: str, value: str) -> str:
    """The search, and what it finds has this value, too. What excluded it goes."""
    return _with(text, key, value, is_excluded=False)


def exclude(text: str, key: str, value: str) -> str:
    """The search, and what it finds does not have this value. What asked for it goes."""
    return _with(text, key, value, is_excluded=True)


def exclude_query(text: str, query: str) -> str:
    """The search, and what it finds does not match `query`, which is a search of its own."""
    root = _plain(parser.parse(query).root)
    return text if root is None else _with_node(text, Not(root))


def toggle(text: str, key: str, value: str) -> str:
    """The search with this value, or without it where it is asked for."""
    if standing(text, key, value) != "added":
        return add(text, key, value)
    return _without_value(text, key, value)


def standing(text: str, key: str, value: str) -> Standing:
    """Whether the whole search asks for this value or excludes it."""
    meant = _meant(key, value)
    parts = [_plain(part) for part in _parts(parser.parse(text).root)]
    if meant is None or not parts:
        return ""
    return "added" if meant in parts else "excluded" if Not(meant) in parts else ""


def remove(text: str, gone: Term) -> str:
    """The search without one of its terms, which stands where it says; without its hyphen, too."""
    root = _without(parser.parse(text).root, lambda node: isinstance(node, Term) and node.start == gone.start)
    start = gone.start - 1 if text[gone.start - 1 : gone.start] == "-" else gone.start
    before, after = text[:start].rstrip(), text[gone.end :].lstrip()
    gap = "" if before.endswith("(") or after.startswith(")") else " "
    cut = f"{before}{gap}{after}".strip()
    return _first_that_means(root, () if _LEFT_OVER.search(cut) else (cut,))


def mended(text: str, problem: Problem) -> str:
    """The search with what a problem proposes."""
    return text[: problem.start] + problem.instead + text[problem.end :] if problem.instead else text


def all_mended(text: str) -> str:
    """The search with everything that its problems propose."""
    for problem in reversed(parser.parse(text).problems):
        text = mended(text, problem)
    return text


def _with(text: str, key: str, value: str, *, is_excluded: bool) -> str:
    meant = _meant(key, value)
    if meant is None:
        return text
    wanted = Not(meant) if is_excluded else meant
    if standing(text, key, value) == ("added" if is_excluded else "excluded"):
        text = _without_value(text, key, value)
    return _with_node(text, wanted)


def _with_node(text: str, wanted: Node) -> str:
    root = parser.parse(text).root
    if any(_plain(part) == wanted for part in _parts(root)):
        return text
    added = written(wanted)
    if root is None:
        return added
    # What was typed last may be unfinished: a quotation, a key, an "or".
    begun = text.strip()
    return _first_that_means(
        All((*_parts(root), wanted)),
        (f"({begun}) {added}",) if isinstance(root, Either) else (f"{begun} {added}", f'{begun}" {added}'),
    )


def _without_value(text: str, key: str, value: str) -> str:
    meant = _meant(key, value)
    for part in _parts(parser.parse(text).root):
        gone = part.of if isinstance(part, Not) else part
        if isinstance(gone, Term) and _plain(gone) == meant:
            return _without_value(remove(text, gone), key, value)
    return text


def _first_that_means(root: Node | None, candidates: tuple[str, ...]) -> str:
    wanted = _plain(root)
    return next((text for text in candidates if _plain(parser.parse(text).root) == wanted), None) or written(
        root
    )


def _meant(key: str, value: str) -> Node | None:
    return _plain(parser.parse(term(key, value)).root)


def _parts(root: Node | None) -> tuple[Node, ...]:
    """What all must match."""
    if root is None:
        return ()
    return root.of if isinstance(root, All) else (root,)


def _without(node: Node | None, is_gone: Callable[[Node], bool]) -> Node | None:
    if node is None or is_gone(node):
        return None
    if isinstance(node, Not):
        inside = _without(node.of, is_gone)
        return None if inside is None else Not(inside)
    if isinstance(node, Term):
        return node
    left = tuple(each for each in (_without(each, is_gone) for each in node.of) if each is not None)
    return type(node)(left) if len(left) > 1 else (left[0] if left else None)


def _plain(node: Node | None) -> Node | None:
    """The tree without places, and without quotes that say nothing."""
    match node:
        case Term():
            is_quoted = node.is_quoted and "*" in node.value
            return replace(node, start=0, value_start=0, end=0, is_quoted=is_quoted)
        case Not():
            inside = _plain(node.of)
            return None if inside is None else Not(inside)
        case All() | Either():
            return type(node)(tuple(_all_plain(node.of)))
        case _:
            return None


def _all_plain(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for each in nodes:
        plain = _plain(each)
        if plain is not None:
            yield plain


def _grouped(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, All | Either) else written(node)


def _as_part(node: Node, inside: str) -> str:
    """What a hyphen can stand before."""
    if isinstance(node, Term):
        return inside if inside[0] == '"' or inside[0].isalpha() else _quoted(node.value)
    return f"({inside})"


def _written_term(node: Term) -> str:
    start = f"tag.{node.name}" if node.key == "tag" else node.key
    if start:
        start += node.operator
    has_wildcard = "*" in node.value and not node.is_quoted
    value = node.value if has_wildcard else quoted_if_needed(node.value)
    return start + value if start or has_wildcard or _is_plain_text(value) else _quoted(value)


def quoted_if_needed(value: str) -> str:
    """A value as it is written after a key."""
    return _quoted(value) if _NEEDS_QUOTES.search(value) else value


def _is_plain_text(text: str) -> bool:
    """Whether a text without a key means itself."""
    if text[0] == '"':
        return True
    typed = parser.typed_terms(text)
    return (
        len(typed) == 1 and not typed[0].key and typed[0].value == text and problems.of_key(typed[0]) is None
    )


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _one_line(text: str, longest: int = _LONGEST_VALUE) -> str:
    return _SPACES.sub(" ", text[:longest]).strip()
