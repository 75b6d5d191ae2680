"""What `bench grouping` counts of these pairs must not fall; it prints which are wrong."""

from functools import cache

import pytest

from app.digest.grouping import v2
from bench.grouping import PROMISED, score_pairs
from tests.digest.unseen import every, recorded
from tests.digest.unseen.pairs import Pair
from tests.digest.unseen.written.case import Case
from tests.digest.unseen.written.every import CASES


@cache
def pairs_of(source: str) -> tuple[Pair, ...]:
    """The pairs of one source, made once: those of recorded requests take 2 s."""
    return tuple(every.SOURCES[source]())


@pytest.mark.parametrize("source", every.SOURCES)
def test_pairs_are_grouped_as_promised(source: str) -> None:
    found = score_pairs(v2.key, pairs_of(source))
    assert found.share(same=True) >= PROMISED, dict(found.wrong)
    assert found.share(same=False) >= PROMISED, dict(found.wrong)


def test_every_run_scores_the_same_pairs() -> None:
    once = pairs_of("recorded requests, and on the wire")
    assert [v2.key(pair.two) for pair in once] == [v2.key(pair.two) for pair in recorded.pairs()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_a_case_is_read_without_a_problem(case: Case) -> None:
    assert not case.event().problems
