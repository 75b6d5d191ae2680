"""A fault in a sentence, for window, terminal and doctor."""

from app.fault_words import ANSWERS, describe
from app.store.engine_state.faults import FaultAnswer
from tests.factories import NOON


def test_every_answer_has_its_words() -> None:
    assert set(ANSWERS) == {answer.value for answer in FaultAnswer}


def test_sentences() -> None:
    assert describe("shop", "429", 10, 1, NOON, 1).startswith(
        "Requests of shop are answered 429, too many requests, on purpose, until "
    )
    assert "1 request met this." in describe("shop", "429", 10, 1, NOON, 1)
    assert "50% of the requests of shop are stored, and answered 2.5 s late" in describe(
        "shop", "slow", 2.5, 0.5, NOON, 0
    )
    assert "not answered, and cut off after 10 s" in describe("shop", "none", 10, 1, NOON, 0)
