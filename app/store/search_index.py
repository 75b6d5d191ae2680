"""The search index, SQLite's FTS5 (sqlite.org/fts5.html): the texts by which events are found.

What an event has to have is a tree (`match_tree`), and becomes a condition of SQL. Where it can be, words are
written out in place of their beginnings, so that SQLite begins with the newest event and reads no further
than it is asked to.
"""

import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.store import match_tree, search_texts, sqlite, wildcards
from app.store.match_tree import Condition, Match, Phrase
from app.store.search_texts import COLUMNS

_NAMES = ", ".join(COLUMNS)
_ADDED = f"(rowid, {_NAMES}) VALUES (?{', ?' * len(COLUMNS)})"
INDEX_EVENTS = f"INSERT INTO event_search {_ADDED}"
INDEX_AGAIN = f"INSERT OR REPLACE INTO event_search {_ADDED}"
# Without the sizes of columns, which only a ranking by relevance would ask for.
TOKENIZER = "columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'"
NEW_INDEX = f"CREATE VIRTUAL TABLE event_search USING fts5({_NAMES}, {TOKENIZER})"
TEXTS = f"SELECT rowid, {_NAMES} FROM event_search"  # noqa: S608 - names of ours
# A search for the beginnings of more words than these is not written out.
MOST_SPELLINGS = 64
# So many are looked at in one statement where their texts are read.
EVENTS_AT_ONCE = 500
_NUMBERS = msgspec.json.Decoder(list[int])
_NO_VALUES: Mapping[str, str] = {}
# Above the number of every event.
NEVER_REACHED = 1 << 62

# Number of an event, and its texts in the order of the columns.
SearchText = tuple[int, str, str, str, str, str, str, str, str, str]


def add_events(connection: Connection, rows: Sequence[SearchText]) -> None:
    """Add events to the search index."""
    sqlite.execute_many(connection, INDEX_EVENTS, rows)


def replace_events(connection: Connection, rows: Sequence[SearchText]) -> None:
    """Have the index find these events by these texts, whether or not it had others of them."""
    sqlite.execute_many(connection, INDEX_AGAIN, rows)


def create_again(connection: Connection) -> None:
    """Create the search index again, without any event, whatever was wrong with the old one."""
    connection.exec_driver_sql("DROP TABLE event_search")
    connection.exec_driver_sql(NEW_INDEX)


def rebuild(connection: Connection) -> None:
    """Rebuild the search index from the words that it contains."""
    connection.exec_driver_sql("INSERT INTO event_search (event_search) VALUES ('rebuild')")


def remove_events(connection: Connection, ids: Sequence[int]) -> None:
    """Remove events from the search index."""
    sqlite.execute_many(connection, "DELETE FROM event_search WHERE rowid = ?", [(event,) for event in ids])


def found(condition: Condition) -> str:
    """The statement for the events that are found, the newest first."""
    return f"SELECT rowid FROM event_search WHERE {condition.sql} ORDER BY rowid DESC"  # noqa: S608 - ours


def issues_found_by(condition: Condition) -> str:
    """The statement for the issues and the numbers of what is found, as a list of JSON each."""
    return (
        "SELECT json_group_array(issue_id), json_group_array(id) FROM ("  # noqa: S608 - ours
        "SELECT events.issue_id, events.id FROM event_search "
        "CROSS JOIN events ON events.id = event_search.rowid "
        f"WHERE {condition.sql} ORDER BY event_search.rowid)"
    )


_ISSUES_OF_ALL = """
SELECT json_group_array(issue_id), json_group_array(id) FROM (
SELECT issue_id, id FROM events WHERE id >= :first AND id < :before ORDER BY id)"""
_AMONG = "event_search.rowid IN (SELECT value FROM json_each(:events))"


def issues_found(connection: Connection, condition: Condition, first: int, before: int) -> dict[int, int]:
    """The issues of the events from `first` to `before` that are found, each with its newest of them."""
    # In the order of the index, and grouped by the dictionary: grouped by SQLite it took six times as long.
    # As JSON: a million rows of the driver take half a second.
    return dict(zip(*_lists(connection, issues_found_by(condition), condition, first, before), strict=True))


def more_issues_found(
    connection: Connection, match: Match, first: int, before: int, known: Container[int]
) -> dict[int, int]:
    """The same but for the issues that are `known`, of whose events none is looked at.

    For what has to be read as it is stored: that takes several microseconds an event.
    """
    indexed, stored = match_tree.parts(match)
    if indexed == match_tree.ANYTHING:
        lists = _lists(connection, _ISSUES_OF_ALL, Condition("", {}), first, before)
    else:
        condition = match_tree.condition(indexed)
        lists = _lists(connection, issues_found_by(condition), condition, first, before)
    found: dict[int, int] = {}
    left = [(issue, event) for issue, event in zip(*lists, strict=True) if issue not in known]
    left.reverse()
    wanted = match_tree.condition(stored)
    statement = f"SELECT rowid FROM event_search WHERE {_AMONG} AND {wanted.sql}"  # noqa: S608 - ours
    for start in range(0, len(left), EVENTS_AT_ONCE):
        some = {event: issue for issue, event in left[start : start + EVENTS_AT_ONCE] if issue not in found}
        if some:
            given = {"events": sqlite.values_of(some)}
            rows = _ask(connection, statement, wanted, min(some), max(some) + 1, given)
            for (event,) in sorted(rows, reverse=True):
                found.setdefault(some[event], event)
    return found


def _lists(
    connection: Connection, statement: str, condition: Condition, first: int, before: int
) -> tuple[list[int], list[int]]:
    ((issues, events),) = _ask(connection, statement, condition, first, before)
    return _NUMBERS.decode(issues), _NUMBERS.decode(events)


def events_found(
    connection: Connection, condition: Condition, first: int, before: int, limit: int | None = None
) -> list[int]:
    """The numbers of the events from `first` to `before` that are found, the newest first."""
    rows = _ask(connection, found(condition), condition, first, before)
    if limit is None:
        return [event for (event,) in rows]
    return [event for _place, (event,) in zip(range(limit), rows, strict=False)]


def _ask(
    connection: Connection,
    statement: str,
    condition: Condition,
    first: int,
    before: int,
    others: Mapping[str, str] = _NO_VALUES,
) -> Any:
    driver: Any = connection.connection.dbapi_connection
    if condition.has_wildcards:
        # As often as it is asked: it takes two microseconds.
        driver.create_function("has_wildcard", 2, wildcards.has, deterministic=True)
    return driver.execute(statement, {**condition.values, **others, "first": first, "before": before})


def written_out(connection: Connection, match: Match) -> Match | None:
    """The tree with every word in place of its beginning; None where there are too many of them.

    For a beginning, SQLite collects the events of all its words before it returns the first: 7 ms for 100,000
    events, ten times as much for a million. Of whole words it returns the newest at once: 0.3 ms.
    """
    written: dict[Phrase, Match] = {}
    for phrase in match_tree.phrases(match):
        if not phrase.begins:
            continue
        *first, beginning = phrase.words
        spellings = _words_beginning_with(connection, beginning)
        if len(spellings) > MOST_SPELLINGS:
            return None
        whole = [Phrase((*first, spelling), columns=phrase.columns) for spelling in spellings]
        written[phrase] = match_tree.any_of(list[Match](whole)) if whole else phrase
    return match_tree.with_phrases(match, lambda phrase: written.get(phrase, phrase))


def texts_after(connection: Connection, event: int, limit: int) -> list[SearchText]:
    """What the search finds events by that are newer than `event`, the oldest first."""
    query = f"{TEXTS} WHERE rowid > ? ORDER BY rowid LIMIT ?"
    return _texts(connection, query, (event, limit))


def newest_texts(connection: Connection, limit: int) -> list[SearchText]:
    """The same of the newest events, the newest first."""
    return _texts(connection, f"{TEXTS} ORDER BY rowid DESC LIMIT ?", (limit,))


def texts_of(connection: Connection, events: Sequence[int]) -> list[SearchText]:
    """The same of these events."""
    return _texts(connection, f"{TEXTS} WHERE rowid IN ({', '.join(map(str, map(int, events)))})", ())


def _texts(connection: Connection, query: str, values: tuple[int, ...]) -> list[SearchText]:
    driver: Any = connection.connection.dbapi_connection
    return driver.execute(query, values).fetchall()  # type: ignore[no-any-return]


class TextMatcher:
    """Says which of some texts a search finds, as the index would, without asking it.

    An index of its own in memory: 50 µs a text, however many events are stored. One thread at a time.
    """

    def __init__(self, match: Match) -> None:
        self.match = match
        self.condition = match_tree.condition(match)
        self._index = _index_in_memory()
        self._index.create_function("has_wildcard", 2, wildcards.has, deterministic=True)

    def matching(self, texts: Sequence[SearchText]) -> list[int]:
        """The events whose texts match."""
        values = {**self.condition.values, "first": 0, "before": NEVER_REACHED}
        with _holding(self._index, texts):
            return [row[0] for row in self._index.execute(found(self.condition), values)]


def beginning(text: str) -> Match:
    """What has these words together, or words that the last of them begins; anything if it has none."""
    words = words_of(text)
    return Phrase(words, begins=True) if words else match_tree.ANYTHING


def tag(key: str, value: str) -> Match:
    """What has a tag whose value begins with these words."""
    return Phrase(
        words_of(f"{search_texts.tag_beginning(key)} {search_texts.plain(value)}"), columns=("tags",)
    )


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words that the index makes of a text, in their order."""
    with _TOKENS_LOCK, _holding(_tokens_index(), [(1, text, *[""] * (len(COLUMNS) - 1))]):
        return tuple(
            row[0] for row in _tokens_index().execute('SELECT term FROM tokens ORDER BY "offset"').fetchall()
        )


_TOKENS_LOCK = Lock()


@lru_cache(maxsize=1)
def _tokens_index() -> sqlite3.Connection:
    index = _index_in_memory()
    index.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(event_search, instance)")
    return index


def _index_in_memory() -> sqlite3.Connection:
    index = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    index.execute(NEW_INDEX)
    return index


@contextmanager
def _holding(index: sqlite3.Connection, texts: Sequence[Sequence[Any]]) -> Iterator[None]:
    index.execute("BEGIN")
    try:
        index.executemany(INDEX_EVENTS, texts)
        yield
    finally:
        index.execute("ROLLBACK")


def _words_beginning_with(connection: Connection, beginning: str) -> list[str]:
    """The words of the index that begin so, and no more than one beyond `MOST_SPELLINGS`."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, event_search, instance)"
    )
    found: list[str] = []
    at_least = beginning
    while len(found) <= MOST_SPELLINGS:
        # Each word is looked up anew: reading on would go through all the places of the last one.
        row = driver.execute("SELECT term FROM search_words WHERE term >= ? LIMIT 1", (at_least,)).fetchone()
        if row is None or not row[0].startswith(beginning):
            break
        found.append(row[0])
        at_least = row[0] + "\x01"
    return found
