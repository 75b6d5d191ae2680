"""A cause is said once, with what follows from it."""

from app.doctor import folding
from app.doctor.finding import Finding, Severity

FINE = Finding(severity=Severity.OK, title="The engine answers.")
FULL = Finding(severity=Severity.PROBLEM, title="The disk is full.", meaning="Nothing is kept.")
GONE = Finding(severity=Severity.PROBLEM, title="The engine does not run.", meaning="Nobody takes errors.")
WAITS = Finding(severity=Severity.WARNING, title="2 reports wait until the engine runs again.")
DEAD = Finding(severity=Severity.WARNING, title="3 reports could not be digested.")


def test_what_a_cause_turned_away_is_said_with_it() -> None:
    found, has_cause = folding.with_refusals([FINE, FULL], 312)
    assert has_cause
    assert found[0] == FINE
    assert found[1].meaning == "Nothing is kept. 312 requests were turned away with 503 lately."
    assert folding.with_refusals([FULL], 1)[0][0].meaning.endswith(
        "1 request was turned away with 503 lately."
    )
    assert folding.with_refusals([FULL], 0) == ([FULL], True)
    assert folding.with_refusals([FINE], 5) == ([FINE], False)


def test_what_waits_for_an_engine_is_said_with_its_absence() -> None:
    causes, work = folding.with_waiting([GONE], [DEAD, WAITS])
    assert causes[0].meaning == "Nobody takes errors. 2 reports wait until the engine runs again."
    assert work == [DEAD]
