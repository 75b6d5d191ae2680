"""Facets and histograms against a count by hand, in stores that change at random."""

import random
from collections import Counter
from collections.abc import Mapping

import pytest
from sqlalchemy import select

from app.model import IssueState
from app.store import schema as t
from app.store.facets import survey
from app.store.facets.histogram import BARS, Range
from app.store.facets.survey import Answer, FacetQuestion, Question, Survey
from app.store.inbox.counts import recent_counts, tallies
from app.store.inbox.events import removal
from app.store.inbox.lists.issue_filter import IssueFilter, View
from tests.factories import NOON, SECOND, Store, make_event, set_state

HOUR = 3_600 * SECOND
FACETS = ("level", "project", "environment", "user", "region")
LEVELS = ("error", "warning", "info")
TO_THE_END = 60.0


def ask(store: Store, asked: Survey, **fields: object) -> Answer:
    given = {
        "filter": IssueFilter(View.INBOX),
        "now": NOON,
        "facets": tuple(FacetQuestion(name=name, limit=99) for name in FACETS),
        "reach": Range.WEEK,
    }
    return store.read(asked.ask, Question(**(given | fields)), TO_THE_END)  # type: ignore[arg-type]


def file_some(store: Store, dice: random.Random) -> None:
    for _batch in range(dice.randrange(1, 4)):
        events = [
            make_event(
                function=f"f{dice.randrange(6)}",
                level=dice.choice(LEVELS),
                environment=dice.choice(("production", "dev", None)),
                user={"id": str(dice.randrange(5))},
                tags={"region": dice.choice(("eu", "us"))},
            )
            for _event in range(dice.randrange(1, 6))
        ]
        at = NOON - dice.randrange(6 * 24) * HOUR
        store.file(*events, project=dice.choice(("shop", "mailer")), at=at)


def by_hand(store: Store, issues: set[int]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    rows = store.read(
        lambda connection: connection.execute(
            select(t.issues.c.id, t.projects.c.name, t.events.c.level)
            .join_from(t.issues, t.projects, t.projects.c.id == t.issues.c.project_id)
            .join(t.events, t.events.c.id == t.issues.c.latest)
        ).all()
    )
    for issue, project, level in rows:
        if issue in issues:
            found["level"][level] += 1
            found["project"][project] += 1
            for key, value in store.read(tallies.read, issue).tags:
                if key in found:
                    found[key][value] += 1
    return {name: dict(counts) for name, counts in found.items()}


def bars_by_hand(store: Store, issues: set[int], begin: int, step: int, number: int) -> list[int]:
    bars = [0] * number
    for issue in issues:
        for hour, count in store.read(tallies.read, issue).hours.items():
            if 0 <= (place := (hour * 3_600 - begin) // step) < number:
                bars[place] += count
    return bars


def listed(store: Store) -> set[int]:
    is_open = t.issues.c.state.in_(["open", "regressed"]) & t.issues.c.merged_into.is_(None)
    return set(
        store.read(
            lambda connection: connection.execute(select(t.issues.c.id).where(is_open)).scalars().all()
        )
    )


def facets(answer: Answer) -> Mapping[str, Mapping[str, int]]:
    assert answer.is_complete
    return {facet.name: dict(facet.counted.values) for facet in answer.facets}


def check(store: Store, answer: Answer, issues: set[int]) -> None:
    assert answer.issues == len(issues)
    assert facets(answer) == by_hand(store, issues)
    bars = answer.histogram
    assert bars is not None
    number = BARS[Range.WEEK][0]
    added = [sum(counts[place] for counts in bars.counts.values()) for place in range(number)]
    assert added == bars_by_hand(store, issues, bars.begin, bars.step, number)


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_a_count_by_hand_whatever_happens(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    asked = Survey(NOON)
    for _turn in range(8):
        file_some(store, dice)
        everyone = sorted(store.read(lambda connection: connection.execute(select(t.issues.c.id)).scalars()))
        one = dice.choice(everyone)
        match dice.randrange(4):
            case 0:
                store.write(set_state, [one], dice.choice((IssueState.RESOLVED, IssueState.OPEN)))
            case 1:
                store.write(recent_counts.settle, everyone[::2])
            case 2 if len(everyone) > 2:
                store.write(removal.remove_issues, [one])
            case _:
                pass
        check(store, ask(store, asked), listed(store))
        some = {issue for issue in everyone if dice.random() < 0.5} & listed(store)
        check(store, ask(store, asked, found=some), some)


def test_a_survey_is_answered_in_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.facets.facet_index.STEP", 1)
    for name in "abc":
        store.file(make_event(function=name))
    asked = Survey(NOON)
    question = Question(filter=IssueFilter(), now=NOON, facets=(FacetQuestion(name="project", limit=5),))
    answers = [store.read(asked.ask, question, 0) for _ in range(3)]
    assert not any(answer.is_complete for answer in answers)
    assert answers[0].histogram is None
    whole = ask(store, asked, facets=question.facets)
    assert whole.facets[0].counted.values == (("shop", 3),)
    assert whole.histogram is not None
    assert whole.histogram.total == 3


def test_a_project_that_is_renamed_or_hidden_is_counted_so(store: Store) -> None:
    store.file(make_event(), project="shop")
    store.file(make_event(), project="mailer")
    asked = Survey(NOON)
    question = (FacetQuestion(name="project", limit=5),)
    assert facets(ask(store, asked, facets=question)) == {"project": {"shop": 1, "mailer": 1}}
    change = t.projects.update().where(t.projects.c.name == "shop")
    store.write(lambda connection: connection.execute(change.values(shown="Cart")))
    assert facets(ask(store, asked, facets=question)) == {"project": {"Cart": 1, "mailer": 1}}
    store.write(lambda connection: connection.execute(change.values(hidden=True)))
    assert facets(ask(store, asked, facets=question)) == {"project": {"mailer": 1}}


def test_the_last_hours_are_shown_by_the_minute_and_by_the_events_own_level(store: Store) -> None:
    store.file(make_event(level="warning"), at=NOON - 50 * 60 * SECOND)
    store.file(make_event(level="error"), make_event(level="error"), at=NOON)
    bars = ask(store, Survey(NOON), reach=Range.HOUR).histogram
    assert bars is not None
    assert {level: (counts.index(max(counts)), sum(counts)) for level, counts in bars.counts.items()} == {
        "warning": (9, 1),
        "error": (59, 2),
    }


def test_what_comes_later_is_counted_by_the_minute_too(store: Store) -> None:
    asked = Survey(NOON)
    store.file(make_event(), at=NOON)
    assert ask(store, asked, reach=Range.HOUR).histogram.total == 1  # type: ignore[union-attr]
    store.file(make_event(), at=NOON + SECOND)
    assert ask(store, asked, reach=Range.HOUR).histogram.total == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("hours", "reach"), [(0, "1h"), (5, "6h"), (20, "24h"), (100, "7d"), (600, "30d"), (2_000, "90d")]
)
def test_the_range_reaches_back_to_the_first_event(store: Store, hours: int, reach: str) -> None:
    store.file(make_event(), at=NOON - hours * HOUR)
    bars = ask(store, Survey(NOON), reach=Range.AUTO).histogram
    assert bars is not None
    assert (bars.reach, bars.total) == (reach, 1)


def test_keys_that_can_be_asked_for_are_those_of_the_newest_issues(store: Store) -> None:
    store.file(
        make_event(tags={"rare": "1", "region": "eu"}), make_event(function="b", tags={"region": "eu"})
    )
    assert store.read(survey.known_keys) == ("level", "project", "region", "rare")
