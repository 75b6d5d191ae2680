"""The search index, SQLite's FTS5 (sqlite.org/fts5.html): the words and tags by which events are found.

A search is an expression of FTS5. Where it can be, it is written out so that SQLite begins with the newest
event and reads no further than it is asked to.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Integer, text

from app.store import sqlite

INDEX_EVENTS = "INSERT INTO event_search (rowid, words, tags) VALUES (?, ?, ?)"
TOKENIZER = "tokenize = 'unicode61 remove_diacritics 2'"
NEW_INDEX = f"CREATE VIRTUAL TABLE event_search USING fts5(words, tags, {TOKENIZER})"
FOUND_EVENTS = "SELECT rowid FROM event_search WHERE event_search MATCH :query"
# Evaluated from the newest event on, as far as it is read.
FOUND_NEWEST_FIRST = f"{FOUND_EVENTS} AND rowid < :before ORDER BY rowid DESC"
ISSUES_FOUND = """
SELECT events.issue_id, events.id FROM event_search
CROSS JOIN events ON events.id = event_search.rowid
WHERE event_search MATCH ? AND event_search.rowid >= ? AND event_search.rowid < ?
ORDER BY event_search.rowid"""
# A search for the beginnings of more words than these is not written out.
MOST_SPELLINGS = 64

# Number of an event, its words, its tags as "key value …".
SearchText = tuple[int, str, str]


def add_events(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Add (event, its words, its tags as "key value …") to the search index."""
    sqlite.execute_many(connection, INDEX_EVENTS, rows)


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


def found_newest_first(expression: str, before: int) -> Any:
    """A subselect of the ids below `before` that `expression` finds, from the newest on.

    It is evaluated no further than it is read, if `expression` is of `written_out`.
    """
    return text(FOUND_NEWEST_FIRST).bindparams(query=expression, before=before).columns(rowid=Integer)


def issues_found(connection: Connection, expression: str, first: int, before: int) -> dict[int, int]:
    """The issues of the events from `first` to `before` that are found, each with its newest of them."""
    driver: Any = connection.connection.dbapi_connection
    # In the order of the index, and grouped by the dictionary: grouped by SQLite it took six times as long.
    return dict(driver.execute(ISSUES_FOUND, (expression, first, before)))


def written_out(connection: Connection, matcher: "TextMatcher") -> str | None:
    """The search with every word in place of its beginning; None where there are too many of them.

    For a beginning, SQLite collects the events of all its words before it returns the first: 7 ms for 100,000
    events, ten times as much for a million. Of whole words it returns the newest at once: 0.3 ms.
    """
    parts = []
    for word in matcher.words:
        *first, beginning = matcher.tokens(word) or [""]
        spellings = _words_beginning_with(connection, beginning) if beginning else []
        if len(spellings) > MOST_SPELLINGS:
            return None
        phrases = [_quoted(" ".join((*first, spelling))) for spelling in spellings]
        parts.append(f"({' OR '.join(phrases)})" if phrases else _beginning(word))
    return _all_of(parts, matcher.tags)


def texts_after(connection: Connection, event: int, limit: int) -> list[SearchText]:
    """What the search finds events by that are newer than `event`, the oldest first."""
    query = "SELECT rowid, words, tags FROM event_search WHERE rowid > ? ORDER BY rowid LIMIT ?"
    return [tuple(row) for row in connection.exec_driver_sql(query, (event, limit))]


def newest_texts(connection: Connection, limit: int) -> list[SearchText]:
    """The same of the newest events, the newest first."""
    query = "SELECT rowid, words, tags FROM event_search ORDER BY rowid DESC LIMIT ?"
    return [tuple(row) for row in connection.exec_driver_sql(query, (limit,))]


def texts_of(connection: Connection, events: Sequence[int]) -> list[SearchText]:
    """The same of these events."""
    numbers = ", ".join(map(str, map(int, events)))
    query = f"SELECT rowid, words, tags FROM event_search WHERE rowid IN ({numbers})"  # noqa: S608 - numbers
    return [tuple(row) for row in connection.exec_driver_sql(query)]


class TextMatcher:
    """Says which of some texts a search finds, as the index would, without asking it.

    An index of its own in memory: 50 µs a text, however many events are stored. One thread at a time.
    """

    def __init__(self, words: Sequence[str], tags: Sequence[tuple[str, str]]) -> None:
        self.words, self.tags = tuple(words), tuple(tags)
        self.query = _all_of([_beginning(word) for word in words], tags)
        self._index = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._index.execute(f"CREATE VIRTUAL TABLE texts USING fts5(words, tags, {TOKENIZER}, content = '')")
        self._index.execute("CREATE VIRTUAL TABLE tokens USING fts5vocab(texts, instance)")

    def matching(self, texts: Sequence[SearchText]) -> list[int]:
        """The events whose texts match."""
        with self._holding(texts):
            return [
                row[0]
                for row in self._index.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (self.query,))
            ]

    def tokens(self, word: str) -> list[str]:
        """The parts that the index knows this word by, in their order."""
        with self._holding([(1, word, "")]):
            return [row[0] for row in self._index.execute('SELECT term FROM tokens ORDER BY "offset"')]

    @contextmanager
    def _holding(self, texts: Sequence[SearchText]) -> Iterator[None]:
        self._index.execute("BEGIN")
        try:
            self._index.executemany("INSERT INTO texts (rowid, words, tags) VALUES (?, ?, ?)", texts)
            yield
        finally:
            self._index.execute("ROLLBACK")


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


def _all_of(parts: Sequence[str], tags: Sequence[tuple[str, str]]) -> str:
    return " AND ".join([*parts, *(f"tags : {_quoted(f'{key} {value}')}" for key, value in tags)])


def _beginning(word: str) -> str:
    return f"{_quoted(word)} *"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
