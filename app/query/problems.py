"""What is wrong with a term, said in a sentence, with what to write instead."""

import re
from difflib import get_close_matches
from functools import lru_cache

from app.query import values
from app.query.fields import ALIASES, FIELDS, LEVELS, OTHER_VALUES, RUNS, STATES, Kind
from app.query.syntax import All, Either, Node, Not, Problem, Term

_NEAR_KEY = 0.75
_NEAR_VALUE = 0.6
# Of a longer text nobody has mistyped a letter.
_LONGEST = 40
_KEY_BEFORE = re.compile(r"([A-Za-z]{2,20})((?:\.[\w.\-]+)?):(?=[\w\"*<>=])")
_YES = ("yes", "no")
_TIMES = "Write 10m, 2h, 3d or 1w for how long ago, a date such as 2026-11-30, today or yesterday."
_NUMBERS = "Write a number, such as 10, >10, 10..20 or 2k."
# `moment` takes what there is whatever the time is.
_SOME_TIME = 1_800_000_000_000_000


def of_value(term: Term) -> Problem | None:
    """Why a term's value cannot be meant, if so; such a term matches nothing."""
    kind = FIELDS[term.key].kind if term.key else Kind.TEXT
    match kind:
        case Kind.STATE if values.state(term) is None:
            return _none_of(term, "state", STATES)
        case Kind.LEVEL if values.levels(term) is None:
            return _none_of(term, "level", LEVELS[::-1])
        case Kind.YES_OR_NO if values.yes_or_no(term) is None:
            return _none_of(term, "answer", _YES)
        case Kind.RUN if values.run(term) is None:
            return _no_run(term)
        case Kind.NUMBER if values.number(term) is None:
            return _no_number(term)
        case Kind.TIME if values.moment(term, _SOME_TIME) is None:
            return _at_value(term, f"“{_short(term.value)}” is no time. {_TIMES}")
    return None


def is_hopeless(node: Node | None) -> bool:
    """Whether a search can find nothing, whatever is stored: what must match means nothing."""
    match node:
        case Term():
            return bool(node.key) and of_value(node) is not None
        case Not():
            return is_hopeless(node.of)
        case All():
            return any(map(is_hopeless, node.of))
        case Either():
            return all(map(is_hopeless, node.of))
        case _:
            return False


def of_key(term: Term) -> Problem | None:
    """What a plain text that looks like a key may have been meant to be; it is searched for as it stands."""
    found = None if term.key or term.is_quoted else _KEY_BEFORE.match(term.value)
    if found is None:
        return None
    word, name = found[1].lower(), found[2]
    meant = _key_with_name(word, name, term.value[found.end() :]) if name else _near_key(word)
    if not meant:
        return None
    end = term.start + len(found[0]) - 1
    return Problem(
        start=term.start,
        end=end,
        sentence=f"There is no key “{found[1]}{name}”, so this is text. Did you mean “{meant}:”?",
        instead=meant,
        is_doubt=True,
    )


# A log that is pasted has thousands of words with a colon.
@lru_cache(1_000)
def _near_key(word: str) -> str:
    known = [key for key in (*FIELDS, *ALIASES) if key != "tag"]
    near = [] if word in known else get_close_matches(word, known, 1, _NEAR_KEY)
    return near[0] if near else ""


def _key_with_name(word: str, name: str, value: str) -> str:
    if word == "tags":
        return f"tag{name}"
    # `module.py:19` is a place in a file.
    return "" if word not in FIELDS or value[:1].isdigit() else f"tag.{word}{name}"


def _none_of(term: Term, what: str, known: tuple[str, ...]) -> Problem:
    names = {**dict(zip(known, known, strict=True)), **OTHER_VALUES}
    near = get_close_matches(term.value.lower()[:_LONGEST], names, 1, _NEAR_VALUE)
    instead = names[near[0]] if near and names[near[0]] in known else ""
    better = f"Did you mean “{instead}”?" if instead else f"There are {_listed(known)}."
    return _at_value(term, f"“{_short(term.value)}” is no {what}. {better}", instead)


def _no_run(term: Term) -> Problem:
    near = get_close_matches(term.value.lower()[:_LONGEST], RUNS, 1, _NEAR_VALUE)
    better = f"Did you mean “{near[0]}”?" if near else "Write its number, or last, or current."
    return _at_value(term, f"“{_short(term.value)}” is no run. {better}", near[0] if near else "")


def _no_number(term: Term) -> Problem:
    if term.key == "users" and term.value[:1].isalpha():
        return Problem(
            start=term.start,
            end=term.start + len("users"),
            sentence=f"“users:” counts them. Did you mean “user:{_short(term.value)}”?",
            instead="user",
        )
    return _at_value(term, f"“{_short(term.value)}” is no number. {_NUMBERS}")


def _at_value(term: Term, sentence: str, instead: str = "") -> Problem:
    return Problem(start=term.value_start, end=term.end, sentence=sentence, instead=instead)


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
