"""What a search finds, against a naive answer from plain values, after any history."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.model import IssueState, Level
from app.query import parser, writing
from app.query.syntax import All, Either, Node, Not, Operator, Term
from app.store import schema as t
from app.store.database import Database, open_for_engine
from app.store.inbox.events import removal
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.search import matches, search
from app.store.inbox.triage import actions
from app.store.revision import bump
from tests.factories import NOON, SECOND, Store, make_event, set_state
from tests.store.inbox.search import naive_search
from tests.store.inbox.search.naive_search import NaiveEvent, NaiveIssue

WORDS = ("cart", "card", "cart 12", "std::cart", "zebra")
TYPES = ("KeyError", "Shop::CartError", "zebra.Key")
TAGS = {"environment": ("dev", "prod eu"), "region": ("eu", "eu west", "12"), "my.key": ("cart",)}
PROJECTS = ("shop", "blog")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, to be copied: to make one takes ten times as long."""
    folder = tmp_path_factory.mktemp("template")
    open_for_engine(folder).database.close()
    return folder


@pytest.fixture(scope="module")
def short_steps() -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setattr(matches, "FIRST_WIDTH", 3)
    patch.setattr(events, "NEWEST", 3)
    patch.setattr(events, "MOST_LOOKED_AT", 8)
    yield
    patch.undo()


class World:
    """A store, and the same as plain values."""

    def __init__(self, database: Database, chance: Random) -> None:
        self.store, self.chance = Store(database), chance
        self.issues: dict[int, NaiveIssue] = {}
        self._numbers = iter(range(1, 1_000))

    def file(self) -> None:
        """File an event of one of a few issues."""
        pick = self.chance.choice
        project, type_, value = pick(PROJECTS), pick(TYPES), pick(WORDS)
        tags = {key: pick(values) for key, values in TAGS.items() if pick((True, False))}
        level, function = pick((Level.ERROR, Level.WARNING)), pick(("pay", "charge_cart"))
        number = next(self._numbers)
        environment = tags.get("environment")
        own = {key: value for key, value in tags.items() if key != "environment"}
        event = make_event(type_, value, function=function, level=level, environment=environment, tags=own)
        outcome = self.store.file(event, project=project, at=NOON + number * SECOND)
        (filed,) = outcome.filed
        texts = {
            "words": f"{type_}: {value}",
            "type": type_,
            "culprit": f"shop.checkout in {function}",
            "files": "shop/checkout.py:12",
            "functions": function,
            "modules": "shop.checkout",
            "url": "",
        }
        has = frozenset(("type", "file", "function", "module"))
        naive = NaiveEvent(number=number, texts=texts, tags=tags | {"level": level.value}, has=has)
        issue = self.issues.setdefault(
            filed.issue_id, NaiveIssue(number=filed.issue_id, project=project, events=[])
        )
        issue.events.append(naive)
        self._take_over()

    def change(self) -> None:
        """Do something to one of the issues, or remove an event of it."""
        issue = self.chance.choice(list(self.issues.values()))
        step = self.chance.randrange(4)
        if step == 0:
            state = self.chance.choice([IssueState.OPEN, IssueState.RESOLVED])
            self.store.write(set_state, [issue.number], state)
        elif step == 1:
            self.store.write(actions.set_unread, [issue.number], self.chance.choice([True, False]))
        elif step == 2 and len(issue.events) > 1:
            self.store.write(remove_event, issue.number, issue.events[0].number)
            del issue.events[0]
        elif issue.number != max(self.issues) and issue.events[-1].number != self._newest():
            self.store.write(removal.remove_issues, [issue.number])
            del self.issues[issue.number]
        self._take_over()

    def _take_over(self) -> None:
        """What becomes of an issue is no matter of the search."""
        for known in self.issues.values():
            now = self.store.read(issues.get, known.number)
            assert now is not None
            known.state, known.unread, known.count = now.state.value, now.unread, now.count

    def _newest(self) -> int:
        return max(event.number for issue in self.issues.values() for event in issue.events)


def remove_event(connection: Connection, issue: int, event: int) -> None:
    """Remove an event, and let the issue change as it will sooner or later."""
    removal.remove_events(connection, [event])
    changed = t.issues.update().where(t.issues.c.id == issue)
    connection.execute(changed.values(revision=bump(connection)))


def plain(
    value: str, key: str = "", operator: Operator = Operator.HAS, name: str = ""
) -> st.SearchStrategy[Node]:
    return st.just(Term(key=key, value=value, operator=operator, name=name, is_quoted=" " in value))


TERMS = st.one_of(
    *(plain(word) for word in (*WORDS, "car", "keyerr", "checkout", "dev", "*art", "s*t", "z*a", "--")),
    *(plain(value, "type") for value in ("KeyError", "CartError", "Shop::Cart", "*Error", "Shop*Err*")),
    *(plain(value, "type", Operator.IS) for value in ("KeyError", "CartError")),
    *(plain(value, "message") for value in ("cart", "12")),
    *(plain(value, "function") for value in ("pay", "charge_cart", "*cart")),
    *(plain(value, "file") for value in ("checkout.py", "shop/checkout.py", "*eck*")),
    *(plain(value, "env") for value in ("dev", "prod", "eu", "*eu", "d*")),
    *(plain(value, "env", Operator.IS) for value in ("dev", "prod")),
    *(plain(value, "tag", name="region") for value in ("eu", "west", "1", "12", "*west")),
    *(plain(value, "tag", name="my.key") for value in ("cart", "c")),
    *(plain(value, "has", name=value) for value in ("type", "url", "region", "environment")),
    plain("error", "level"),
    plain("error", "level", Operator.AT_LEAST),
    *(plain(value, "is") for value in ("open", "resolved", "unread", "read", "regressed")),
    *(plain(value, "project") for value in ("shop", "bl")),
    *(plain(value, "times", operator) for value in "12" for operator in (Operator.HAS, Operator.MORE)),
)
TREES = st.recursive(
    TERMS,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(lambda nodes: All(tuple(nodes))),
        st.lists(parts, min_size=2, max_size=3).map(lambda nodes: Either(tuple(nodes))),
    ),
    max_leaves=5,
)


# To make a failing example smaller would take minutes.
@settings(max_examples=40, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(trees=st.lists(TREES, min_size=4, max_size=4), seed=st.integers(0, 1_000))
def test_a_search_finds_what_a_naive_answer_does(
    trees: list[Node], seed: int, template: Path, short_steps: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("store")
    shutil.copytree(template, folder, dirs_exist_ok=True)
    database = open_for_engine(folder).database
    try:
        check(World(database, Random(seed)), [writing.written(tree) for tree in trees])
    finally:
        database.close()
        shutil.rmtree(folder)


def check(world: World, texts: list[str]) -> None:
    for _ in range(10):
        world.file()
    searches = [IssueSearch(IssueFilter(View.EVERYTHING, text=text)) for text in texts]
    revisions = [world.store.read(issues.revision)] * len(texts)
    for turn in range(4):
        for place, (text, found) in enumerate(zip(texts, searches, strict=True)):
            compare(world, text)
            for _ in range(1 if turn < 2 else 100):
                world.store.read(found.look_further, 1)
            wanted = IssueFilter(View.EVERYTHING, text=text)
            revisions[place] = world.store.read(
                issues.changed_since, wanted, revisions[place], found=found
            ).revision
        world.change()
        world.file()
    for text, revision, found in zip(texts, revisions, searches, strict=True):
        assert found.is_complete
        world.store.read(issues.changed_since, IssueFilter(View.EVERYTHING, text=text), revision, found=found)
        expected = naive_search.issues_found(parser.parse(text).root, world.issues.values())
        assert sorted(found.found_ids) == expected, text


def compare(world: World, text: str) -> None:
    """Compare a search begun now."""
    root = parser.parse(text).root
    found = world.store.read(issues.page, IssueFilter(View.EVERYTHING, text=text))
    assert sorted(issue.id for issue in found) == naive_search.issues_found(root, world.issues.values()), text
    expected = naive_search.events_found(root, world.issues.values())
    for limit in (3, 100):
        summaries = world.store.read(events.summaries, text=text, limit=limit)
        assert [event.pk for event in summaries] == expected[:limit], text
    one = next(iter(world.issues.values()))
    summaries = world.store.read(events.summaries, text=text, issue_id=one.number)
    assert [event.pk for event in summaries] == naive_search.events_found(root, [one]), text


def test_alternatives_are_few() -> None:
    def of(text: str) -> list[tuple[bool, bool]]:
        return [(each.issue is not None, each.event is not None) for each in search.parse(text).alternatives]

    assert of("") == of("--") == [(False, False)]
    assert of("is:open level:error timeout") == [(True, True)]
    assert of("is:resolved or timeout") == [(True, False), (False, True)]
    assert of("is:resolved or is:muted times:>2") == [(True, False)]
    assert of("(is:muted or timeout) env:dev") == [(True, True), (False, True)]
    assert of("-(is:muted timeout)") == [(True, False), (False, True)]
    assert of("is:open -is:open") == []
    assert of("timeout or has:level") == [(False, True)]
    many = " ".join(f"(times:{n} or word{n})" for n in range(30))
    assert len(of(many)) <= search.MOST_ALTERNATIVES


def test_a_long_text_is_searched_for(store: Store) -> None:
    store.file(make_event(value=" ".join(f"w{n}" for n in range(300))))
    text = " ".join(f"w{n}" for n in range(300))
    assert len(store.read(events.summaries, text=text)) == 1
    stars = " or ".join(f"*x{n}*" for n in range(300))
    assert store.read(events.summaries, text=stars) == []


def test_changes_respect_the_search(store: Store) -> None:
    for function in ("refund", "pay", "charge"):
        store.file(make_event(function=function))
    changes = store.read(issues.changed_since, IssueFilter(text="refund"), 0)
    assert [issue.culprit for issue in changes.matching] == ["shop.checkout in refund"]
    assert len(changes.gone) == 2
