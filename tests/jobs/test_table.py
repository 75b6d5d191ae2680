"""The table of jobs: each has a name of its own, and reads when it is due from a real store."""

from pathlib import Path

from app.forwarding.sending import Forwarding
from app.jobs.job import LONG_THREAD, PROCESS, RETRY_REFUSED, WAKE_DIGEST, Job
from app.jobs.table import make_table
from app.notifications.courier import Courier
from app.notifications.sending import Sending
from app.settings import Settings
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions
from app.store.queue import refusals
from app.store.queue.dead_letters import DIGEST
from tests.factories import NOON, SECOND, Store, make_event
from tests.jobs.clocks import SetClocks


def make_jobs(store: Store, announced: list[int]) -> dict[str, Job]:
    clocks = SetClocks()
    clocks.on_the_wall = NOON / SECOND
    table = make_table(
        Settings(data_dir=Path(store.database.file).parent),
        store.database,
        clocks,
        sending_job=Sending(
            store.database, Courier(), changed=lambda _revision: None, clock=clocks.wall_micros
        ),
        forwarding=Forwarding(
            store.database,
            Courier(),
            changed=lambda _revision: None,
            clock=clocks.wall_micros,
            own_ports=tuple,
        ),
        wake_digest=lambda: None,
        retry_refused=lambda: None,
        follow_pause=lambda: None,
        follow_faults=lambda: None,
        announce=announced.append,
        is_stopping=lambda: False,
    )
    assert table[0].name == DIGEST
    return {job.name: job for job in table}


def test_every_job_has_a_name_of_its_own(store: Store) -> None:
    assert set(make_jobs(store, [])) == {
        DIGEST,
        WAKE_DIGEST,
        RETRY_REFUSED,
        "retention",
        "traces",
        "fill-search",
        "regroup",
        "checkpoint",
        "send-notices",
        "empty-trash",
        "end-mutes",
        "ask-git",
        "backup",
        "follow-pause",
        "settle-runs",
        "follow-faults",
        "forward-reports",
    }


def test_in_an_empty_store_nothing_is_due_but_the_checkpoint(store: Store) -> None:
    due = {name: store.read(job.due) for name, job in make_jobs(store, []).items() if job.due is not None}
    assert {name for name, at in due.items() if at is not None} == {"checkpoint"}


def test_what_a_person_marked_is_due(store: Store) -> None:
    refusal = {
        "at": NOON,
        "status": 400,
        "reason": "why",
        "remote": "",
        "head": b"",
        "body": b"",
        "body_size": 0,
    }
    store.write(refusals.record, [{**refusal, "body_size": 0}], counted=1)
    store.write(refusals.request_retry, None, NOON)
    due = make_jobs(store, [])[RETRY_REFUSED].due
    assert due is not None
    assert store.read(due) is not None


def test_a_mute_whose_time_is_over_ends_and_is_announced(store: Store) -> None:
    store.file(make_event())
    store.write(actions.mute, [1], NOON, until=NOON)
    announced: list[int] = []
    make_jobs(store, announced)["end-mutes"].run()
    assert announced == [store.read(issues.revision)]


def test_retention_holds_up_neither_the_digest_nor_short_jobs(store: Store) -> None:
    jobs = make_jobs(store, [])
    long = [name for name, job in jobs.items() if job.executor == LONG_THREAD]
    assert long == ["retention", "traces", "empty-trash", "backup", "settle-runs", "ask-git"]
    assert jobs[DIGEST].executor == PROCESS
    assert jobs["retention"].run() == 0
