"""Which entries match what was typed, the best first.

All words as beginnings of words are best, then as parts of words, then what is only alike, as rapidfuzz
finds it: a slip of the finger still finds. What was chosen lately comes before what is as good.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz

from ui.palette.entry import Entry, Kind

# Of 100: below this, two texts are not alike.
ALIKE, MOST_ALIKE = 80, 100
LONGEST_TEXT = 160
# Two letters are in nearly everything.
LEAST_LETTERS_FOR_ALIKE = 3
_BEGINS, _CONTAINS = 300.0, 200.0
_KINDS = {Kind.COMMAND: 14.0, Kind.PLACE: 12.0, Kind.PROJECT: 10.0, Kind.SETTING: 4.0, Kind.ISSUE: 0.0}
_RECENT = 20.0
_NOT_NOW = 30.0


def rank(entries: Sequence[Entry], text: str, recent: Sequence[str], most: int) -> list[Entry]:
    """The entries that match `text`, the best first; without a text those chosen lately, and then all."""
    typed = " ".join(text.casefold().split())
    places = {key: place for place, key in enumerate(recent)}
    if not typed:
        last = len(places)
        return sorted(entries, key=lambda entry: places.get(entry.key, last))[:most]
    matching = [(score, entry) for entry in entries if (score := _score(typed, entry)) > 0]
    if any(score > MOST_ALIKE for score, _entry in matching):
        # What is only alike is for slips: beside what has the words it would be noise.
        matching = [(score, entry) for score, entry in matching if score > MOST_ALIKE]
    scored = [(score + _bonus(entry, places.get(entry.key), len(places)), entry) for score, entry in matching]
    scored.sort(key=lambda pair: -pair[0])
    return [entry for _score, entry in scored[:most]]


def _bonus(entry: Entry, place: int | None, count: int) -> float:
    recent = 0.0 if place is None else _RECENT * (1 - place / (count + 1))
    return _KINDS[entry.kind] + recent - (_NOT_NOW if entry.reason else 0.0)


def _score(typed: str, entry: Entry) -> float:
    title = entry.title[:LONGEST_TEXT].casefold()
    text = f"{title} {entry.words} {entry.detail}"[: 2 * LONGEST_TEXT].casefold()
    wanted = typed.split(" ")
    in_title = _by_words(wanted, title)
    if in_title:
        # The shorter the title, the more of it was meant.
        return in_title + (40 if title.startswith(typed) else 0) + max(0, 20 - len(title) / 4)
    anywhere = _by_words(wanted, text)
    if anywhere:
        return anywhere - 60
    if len(typed) < LEAST_LETTERS_FOR_ALIKE:
        return 0.0
    # Words may be in any order, and only a part of the title.
    alike = fuzz.partial_ratio(typed, title, score_cutoff=ALIKE)
    return alike if alike >= ALIKE and len(title) >= len(typed) // 2 else 0.0


def _by_words(wanted: list[str], text: str) -> float:
    words = text.replace(".", " ").replace("_", " ").replace(":", " ").split()
    if all(any(word.startswith(each) for word in words) for each in wanted):
        return _BEGINS
    return _CONTAINS if all(each in text for each in wanted) else 0.0
