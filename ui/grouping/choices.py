"""The corrections that can be asked for from an event, and the rules that they become."""

from typing import TYPE_CHECKING

from msgspec import Struct

from app import digest
from app.model import Event, Issue
from app.plain_text import compact_line

if TYPE_CHECKING:  # the digest is imported off the UI thread only
    from app.digest.grouping.rules import Definition
    from app.regrouping.splits import Difference

SPLIT, APART, MERGE = "split", "apart", "merge"


class Correction(Struct, frozen=True):
    """A line of the first box. `takes_other`: it needs a second text; `is_free`: any text will do."""

    key: str
    title: str
    takes_other: bool = False
    is_free: bool = True


CORRECTIONS = (
    Correction(SPLIT, "Split this issue by", is_free=False),
    Correction(APART, "Always keep apart by", is_free=False),
    Correction("ignore function", "Ignore frames of the function"),
    Correction("ignore module", "Ignore frames of the module"),
    Correction("ignore type", "Ignore the exception type"),
    Correction("ignore words", "Ignore the words"),
    Correction("same function", "Same bug: the functions", takes_other=True),
    Correction("same module", "Same bug: the modules", takes_other=True),
    Correction("same type", "Same bug: the exception types", takes_other=True),
    Correction("same words", "Same bug: the words", takes_other=True),
    Correction(MERGE, "Same bug: this issue and", is_free=False),
)


class Offer(Struct, frozen=True):
    """What the store knows of an issue: by what it can be split, and the `others` of its project."""

    differences: "tuple[Difference, ...]" = ()
    others: tuple[Issue, ...] = ()


def suggestions(correction: Correction, event: Event, offered: "Offer") -> list[tuple[str, str]]:
    """(what is shown, what is meant) for the second box, the likeliest first."""
    if correction.key == MERGE:
        return [(f"{compact_line(each.title)}  ·  issue {each.id}", str(each.id)) for each in offered.others]
    if correction.key == SPLIT:
        return [(f"{_by(each.by)}: {len(each.parts)} parts", each.by) for each in offered.differences]
    if correction.key == APART:
        return [
            (_by(by), by) for by in ("message", "culprit", *(f"tag:{name}" for name in sorted(event.tags)))
        ]
    return [(text, text) for text in _texts(correction.key.partition(" ")[2], event)]


def definition(correction: Correction, text: str, other: str) -> "Definition | None":
    """The rule; None where a text is missing, and for a split or merge: they go by the issues' keys."""
    kind, _space, part = correction.key.partition(" ")
    if not text or (correction.takes_other and other in ("", text)) or kind in (SPLIT, MERGE):
        return None
    if kind == APART:
        return digest.rules.Apart(text)
    concerned = digest.rules.RulePart(part)
    if kind == "ignore":
        return digest.rules.Ignore(concerned, text)
    return digest.rules.Same(concerned, (text, other))


def _by(by: str) -> str:
    return f"the tag {by.removeprefix('tag:')}" if by.startswith("tag:") else f"the {by}"


def _texts(part: str, event: Event) -> list[str]:
    raised = event.exceptions[::-1]
    frames = [frame for each in raised for frame in each.frames[::-1]]
    frames.sort(key=lambda frame: not frame.in_app)
    match part:
        case "type":
            found = [each.type for each in raised]
        case "words":
            found = [each.value for each in raised] + [event.message]
        case _:
            found = [getattr(frame, part) for frame in frames]
    return list(dict.fromkeys(text for text in found if text))
