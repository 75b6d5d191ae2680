"""The table of faults: one a project, each with its end, and the engine is asked to follow."""

from app.store.engine_state import faults, job_requests
from app.store.engine_state.faults import Fault, FaultAnswer
from app.store.inbox.issues import projects
from app.store.places import project_acts
from tests.factories import NOON, SECOND, Store


def make_fault(project_id: int, answer: FaultAnswer = FaultAnswer.BROKEN, since: int = NOON) -> Fault:
    return Fault(
        project_id=project_id,
        project="shop",
        answer=answer,
        seconds=10,
        share=1,
        since=since,
        until=since + 300 * SECOND,
    )


def test_a_fault_replaces_the_one_before_and_ends_at_its_time(store: Store) -> None:
    number = store.write(projects.number, "shop", NOON)
    other = store.write(projects.number, "old_shop", NOON)
    store.write(project_acts.merge, other, number)
    store.write(faults.begin, make_fault(number))
    store.write(faults.begin, make_fault(number, FaultAnswer.SLOW, NOON + 5))
    (found,) = store.read(faults.listed, NOON + 6)
    assert (found.answer, found.project) == (FaultAnswer.SLOW, "shop")
    assert found.names == {"shop", "old_shop"}
    assert store.read(faults.listed, found.until) == []
    assert {each.job for each in store.read(job_requests.waiting)} == {faults.JOB}


def test_counts_are_of_the_fault_they_were_counted_for(store: Store) -> None:
    number = store.write(projects.number, "shop", NOON)
    store.write(faults.begin, make_fault(number, since=NOON + 5))
    store.write(faults.count, {(number, NOON): 9, (number, NOON + 5): 3})
    store.write(faults.remove, [make_fault(number)])
    (found,) = store.read(faults.listed, NOON + 6)
    assert found.met == 3
    ended = store.write(faults.end, number, NOON + 7)
    assert ended == found
    assert store.write(faults.end, number, NOON + 7) is None


def test_what_is_over_is_removed(store: Store) -> None:
    for name in ("a", "b"):
        store.write(
            faults.begin,
            make_fault(store.write(projects.number, name, NOON), since=NOON + ord(name) * SECOND),
        )
    store.write(faults.remove_over, NOON + (300 + ord("a")) * SECOND)
    assert [each.project for each in store.read(faults.listed, NOON)] == ["b"]
