"""What a search is made of. `start` and `end` of anything are places in the text that a person typed."""

from enum import StrEnum

from msgspec import Struct


class Operator(StrEnum):
    """How a term compares; `HAS` is what a colon alone says."""

    HAS = ":"
    IS = ":="
    MORE = ":>"
    AT_LEAST = ":>="
    LESS = ":<"
    AT_MOST = ":<="


class Term(Struct, frozen=True, kw_only=True):
    """One condition. `key` is a name of `fields.FIELDS`, empty for plain text.

    `name` is the tag's in `tag.NAME:value`, and the field's or tag's in `has:NAME`. In a value that is not
    `is_quoted`, `*` stands for any text. The value is written from `value_start` to `end`, with its quotes.
    """

    key: str
    value: str
    operator: Operator = Operator.HAS
    name: str = ""
    is_quoted: bool = False
    start: int = 0
    value_start: int = 0
    end: int = 0


class Not(Struct, frozen=True):
    """What does not match."""

    of: "Node"


class All(Struct, frozen=True):
    """What matches all of these, of which there are at least two."""

    of: "tuple[Node, ...]"


class Either(Struct, frozen=True):
    """What matches at least one of these, of which there are at least two."""

    of: "tuple[Node, ...]"


Node = Term | Not | All | Either


class Problem(Struct, frozen=True, kw_only=True):
    """What cannot be meant so: a sentence for people, and what to write in its place, if that is known.

    `is_doubt`: the search is made as it was typed, though something else may be meant.
    """

    start: int
    end: int
    sentence: str
    instead: str = ""
    is_doubt: bool = False


class Query(Struct, frozen=True):
    """A search, parsed. Without a root everything matches."""

    root: Node | None = None
    problems: tuple[Problem, ...] = ()


def terms(node: Node | None) -> tuple[Term, ...]:
    """All terms of a tree, in the order in which they were typed."""
    if node is None:
        return ()
    if isinstance(node, Term):
        return (node,)
    if isinstance(node, Not):
        return terms(node.of)
    return tuple(term for each in node.of for term in terms(each))
