"""How a file on this machine differs from the source that ran: as lines of a unified diff."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from msgspec import Struct

from app.plain_text import plain

AROUND = 3
MOST_LINES = 400
_MOST_COMPARED = 6_000
_LONGEST = 400
_NEAR = 300


class Kind(StrEnum):
    """What a line of a diff says: it is in both, it was there, it is there now, or where a part begins."""

    SAME = " "
    BEFORE = "-"
    NOW = "+"
    PLACE = "@"


class DiffLine(Struct, frozen=True):
    """One line; its numbers before and now, from 1, where it has them."""

    kind: Kind
    text: str
    before: int | None = None
    now: int | None = None


def between(before: Sequence[str], now: Sequence[str]) -> tuple[DiffLine, ...]:
    """Both whole files compared: the parts that differ, each with the lines around it."""
    return _compared(before, 1, now, 1)


def of_excerpt(context: Sequence[tuple[int, str]], lines: Sequence[str]) -> tuple[DiffLine, ...]:
    """The lines that were sent, as (number, text), compared with what is most like them in the file."""
    if not context:
        return ()
    first = context[0][0]
    sent = [text.rstrip("\r\n") for _, text in context]
    start, end = _place_of(sent, first - 1, lines)
    return _compared(sent, first, lines[start:end], start + 1)


def _place_of(sent: Sequence[str], at: int, lines: Sequence[str]) -> tuple[int, int]:
    """Where in the file these lines are: the same place, moved by what came or went above it."""
    low = max(0, at - _NEAR)
    near = lines[low : at + len(sent) + _NEAR]
    blocks = SequenceMatcher(None, sent, near, autojunk=False).get_matching_blocks()
    same = [block for block in blocks if any(line.strip() for line in sent[block.a : block.a + block.size])]
    if not same:
        return max(0, at), max(0, at) + len(sent)
    first, last = same[0], same[-1]
    start = max(0, low + first.b - first.a)
    return start, max(start, low + last.b + len(sent) - last.a)


def differs(context: Sequence[tuple[int, str]], lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that were sent and are others in the file. Long ones may have been cut."""
    return frozenset(
        number
        for number, text in context
        if not (0 < number <= len(lines) and _same(text, lines[number - 1]))
    )


def _same(sent: str, here: str) -> bool:
    one, other = sent.strip(), here.strip()
    # Clients cut long lines, and mark that in several ways.
    cut = one.removesuffix("...").removesuffix("{snip}").rstrip()
    return one == other or (len(cut) > 80 and cut.removeprefix("{snip}").lstrip() in other)


def _compared(
    before: Sequence[str], before_first: int, now: Sequence[str], now_first: int
) -> tuple[DiffLine, ...]:
    if max(len(before), len(now)) > _MOST_COMPARED:
        return (DiffLine(Kind.PLACE, f"more than {_MOST_COMPARED:,} lines are not compared"),)
    found: list[DiffLine] = []
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        at = now_first + group[0][3]
        found.append(DiffLine(Kind.PLACE, f"line {at:,}"))
        for tag, old, old_end, new, new_end in group:
            if tag == "equal":
                found += [
                    DiffLine(Kind.SAME, _shown(before[old + n]), before_first + old + n, now_first + new + n)
                    for n in range(old_end - old)
                ]
                continue
            found += [
                DiffLine(Kind.BEFORE, _shown(before[n]), before_first + n, None) for n in range(old, old_end)
            ]
            found += [DiffLine(Kind.NOW, _shown(now[n]), None, now_first + n) for n in range(new, new_end)]
        if len(found) > MOST_LINES:
            return (*found[:MOST_LINES], DiffLine(Kind.PLACE, "more differences, not shown"))
    return tuple(found)


def _shown(text: str) -> str:
    return plain(text[:_LONGEST].expandtabs(4)).replace("\n", " ")
