"""The jobs' runs as they are stored and shown."""

from app.model import from_micros
from app.store.engine_state import job_runs
from app.store.engine_state.job_runs import Runs
from tests.factories import NOON, SECOND, Store


def test_runs_are_counted_and_the_last_one_shown(store: Store) -> None:
    store.write(job_runs.prepare, {"b": 60.0, "a": None})
    first = Runs(job="b", started=NOON, ended=NOON + SECOND, count=2)
    store.write(job_runs.note, [first], {"b": NOON + 60 * SECOND})
    last = Runs(job="b", started=NOON + SECOND, ended=NOON + 3 * SECOND, count=1, error="It failed.")
    store.write(job_runs.note, [last], {"b": None})
    idle, busy = store.read(job_runs.listed)
    assert (idle.job, idle.every, idle.runs, idle.seconds, idle.last_ended) == ("a", None, 0, None, None)
    assert (busy.job, busy.every, busy.runs, busy.seconds, busy.last_error) == (
        "b",
        60.0,
        3,
        2.0,
        "It failed.",
    )
    assert (busy.next_due, busy.last_started) == (None, from_micros(NOON + SECOND))
    assert store.read(job_runs.get, "b") == busy
    assert store.read(job_runs.get, "c") is None


def test_a_job_that_is_no_more_goes_and_the_others_stay(store: Store) -> None:
    store.write(job_runs.prepare, {"a": 1.0, "b": 1.0})
    store.write(job_runs.note, [Runs(job="a", started=NOON, ended=NOON, count=4)], {})
    store.write(job_runs.prepare, {"a": 2.0})
    (job,) = store.read(job_runs.listed)
    assert (job.job, job.every, job.runs) == ("a", 2.0, 4)
