"""What a search has found, against what a plain query over all events finds."""

import random

import pytest
from sqlalchemy import Connection, text

from app.model import IssueState, Level
from app.store.inbox.events import removal
from app.store.inbox.lists import issues
from app.store.inbox.lists.issue_filter import IssueFilter, View
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.search import matches
from app.store.inbox.triage import actions
from tests.factories import NOON, SECOND, Store, make_event, set_state

NEWEST = text("SELECT issue_id FROM events ORDER BY id DESC LIMIT 1")
WORDS = ("zebra", "lion", "giraffe")


def listed(connection: Connection, word: str, view: View) -> list[int]:
    """The issues of a view with an event that has the word, in the order of the list."""
    states = "state = 'resolved'" if view is View.RESOLVED else "state IN ('open', 'regressed')"
    query = f"""
        SELECT id FROM issues WHERE merged_into IS NULL AND {states} AND id IN (
            SELECT issue_id FROM events WHERE id IN (
                SELECT rowid FROM event_search WHERE event_search MATCH :word))
        ORDER BY last_seen DESC, id DESC"""
    return list(connection.execute(text(query), {"word": word}).scalars())


def change(store: Store, chance: random.Random, at: int) -> None:
    every = [issue.id for issue in store.read(issues.page, IssueFilter(View.EVERYTHING), limit=1_000)]
    some = chance.sample(every, min(2, len(every)))
    step = chance.randrange(5)
    if step == 0 and len(every) > 3:
        # The newest event and the newest issue are never removed: see `removal`.
        newest = store.read(lambda connection: connection.execute(NEWEST).scalar())
        store.write(removal.remove_issues, [issue for issue in some if issue not in (max(every), newest)])
    elif step == 1:
        store.write(set_state, some, chance.choice(list(IssueState)))
    elif step == 2:
        store.write(actions.set_unread, some, chance.random() < 0.5)
    else:
        events = [
            make_event(value=chance.choice(WORDS), function=f"f{chance.randrange(15)}") for _ in range(3)
        ]
        store.file(*events, at=at)


@pytest.mark.parametrize("word", ["zebra", "li"])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_it_is_what_a_query_finds(
    word: str, seed: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 4)
    chance = random.Random(seed)
    moments = iter(range(NOON, NOON + 10_000 * SECOND, SECOND))
    for _ in range(10):
        change(store, chance, next(moments))
    view = View.RESOLVED if seed == 2 else View.INBOX
    wanted = IssueFilter(view, text=word)
    found, revision = IssueSearch(wanted), store.read(issues.revision)
    for _ in range(40):
        if not found.is_complete:
            store.read(found.look_further, 1)
        change(store, chance, next(moments))
        changes = store.read(issues.changed_since, wanted, revision, found=found)
        revision = changes.revision
        if found.is_complete:
            page = store.read(found.page, limit=1_000)
            assert [issue.id for issue in page.issues] == store.read(listed, f"{word} *", view)
            assert found.number == len(page.issues)
    assert found.is_complete


@pytest.fixture
def filled(store: Store) -> Store:
    """Issues 1 to 30, the newest last, all with the same word; every third a warning."""
    for n in range(1, 31):
        level = Level.WARNING if n % 3 == 0 else Level.ERROR
        store.file(make_event(value="zebra", function=f"f{n}", level=level), at=NOON + n * SECOND)
    return store


@pytest.mark.parametrize("words", ["zebra", "type:KeyError", "zebra level:error level:error"])
@pytest.mark.parametrize("upwards", [False, True])
def test_pages_join_from_either_end(words: str, upwards: bool, filled: Store) -> None:
    wanted = IssueFilter(View.EVERYTHING, text=words)
    found = IssueSearch(wanted)
    while not found.is_complete:
        filled.read(found.look_further, 7)
    shown: list[int] = []
    after = None
    while True:
        page = filled.read(found.page, after=after, limit=7, upwards=upwards)
        ids = [issue.id for issue in page.issues]
        shown = ids + shown if upwards else shown + ids
        after = page.end
        if after is None:
            break
    assert shown == [issue.id for issue in filled.read(issues.page, wanted)]
    assert len(shown) == found.number


def test_a_search_of_fields_goes_through_the_issues_in_their_order(filled: Store) -> None:
    filled.write(actions.set_unread, [21, 24, 27, 30, 3], False)
    found = IssueSearch(IssueFilter(text="is:read"))
    places = filled.read(found.look_further, 10)
    assert sorted(issue for _seen, issue in places) == [21, 24, 27, 30]
    assert found.found_ids == {21, 24, 27, 30}
    assert not found.is_complete


def test_a_page_is_right_though_an_issue_matched_long_ago(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 2)
    monkeypatch.setattr(issues, "STEP", 2)
    store.file(make_event(value="zebra", function="old"), at=NOON)
    for n in range(20):
        store.file(make_event(value="zebra", function=f"f{n}"), at=NOON + n * SECOND)
    store.file(make_event(value="lion", function="old"), at=NOON + 100 * SECOND)
    first, second = store.read(issues.page, IssueFilter(text="zebra"), limit=2)
    assert (first.id, second.id) == (1, 21)


@pytest.mark.parametrize("text", ["zebra level:warning", "zebra", "level:warning", "zebra level:fatal"])
def test_a_page_of_a_search_is_what_a_query_finds(
    text: str, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 1)
    monkeypatch.setattr(issues, "STEP", 2)
    level = text.rpartition("level:")[2]
    wanted = [n for n in range(30, 0, -1) if level == "zebra" or (level == "warning" and n % 3 == 0)]
    pages: list[int] = []
    after = None
    while page := filled.read(issues.page, IssueFilter(text=text), after=after, limit=4):
        pages += [issue.id for issue in page]
        after = page[-1]
    assert pages == wanted


def test_too_much_has_changed(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "MOST_NEW", 2)
    wanted = IssueFilter(text="zebra")
    found, revision = IssueSearch(wanted), filled.read(issues.revision)
    filled.read(found.look_further, 500)
    filled.file(*(make_event(value="zebra", function=f"g{n}") for n in range(3)))
    assert not filled.read(issues.changed_since, wanted, revision, found=found).is_complete


def test_the_last_issues_are_found_one_by_one(filled: Store) -> None:
    found = IssueSearch(IssueFilter(text="zebra level:error"))
    last = filled.read(found.look_along, None, 5, upwards=True)
    assert [issue.id for issue in last.issues] == [5, 4, 2, 1]
    before = filled.read(found.look_along, last.end, 3, upwards=True)
    assert [issue.id for issue in before.issues] == [8, 7]
    assert (found.number, found.is_complete) == (6, False)


def test_an_issue_is_found_by_an_event_that_is_not_its_latest(store: Store) -> None:
    for n, value in enumerate(("zebra", "lion", "lion")):
        store.file(make_event(value=value, function="same"), at=NOON + n * SECOND)
    store.file(make_event(value="lion", function="other"), at=NOON)
    found = IssueSearch(IssueFilter(text="zebra"))
    assert [issue.id for issue in store.read(found.look_along, None, 4, upwards=True).issues] == [1]
