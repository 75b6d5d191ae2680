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
    """The lines that were sent, as (number, text), compared with the same place of the file."""
    if not context:
        return ()
    first, last = context[0][0], context[-1][0]
    here = [line for number, line in enumerate(lines[max(0, first - 1) : last], 1)] if first > 0 else []
    return _compared([text.rstrip("\r\n") for _, text in context], first, here, first)


def differs(context: Sequence[tuple[int, str]], lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that were sent and are others in the file. Ends of long lines may be cut off."""
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
                for offset in range(old_end - old):
                    found.append(
                        DiffLine(
                            Kind.SAME,
                            _shown(before[old + offset]),
                            before_first + old + offset,
                            now_first + new + offset,
                        )
                    )
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
