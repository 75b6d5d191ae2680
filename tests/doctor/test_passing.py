"""Findings about faults on purpose and about what is passed on."""

from app.doctor import traffic
from app.doctor.finding import Severity
from app.settings import Settings
from app.store.engine_state import faults
from app.store.forwarding import forwards
from app.store.inbox.issues import projects
from app.store.queue import refusals
from tests.doctor.examining import examined, micros, titles
from tests.factories import Store
from tests.store.engine_state.test_faults import make_fault

DSN = "https://k3ytok3n@errors.example.org/1"


def test_a_fault_is_the_first_thing_to_be_seen_and_what_it_refused_no_riddle(
    running: Store, settings: Settings
) -> None:
    number = running.write(projects.number, "shop", micros(ago=0))
    running.write(faults.begin, make_fault(number, since=micros(ago=10)))
    reason = "A fault set on purpose in Arecibo: the request was answered 503, to try what the client does."
    row = {"at": micros(ago=5), "status": 503, "reason": reason, "remote": "", "head": b"", "body": b""}
    running.write(refusals.record, [row], counted=1)
    (title,) = titles(examined(running, settings), Severity.PROBLEM)
    assert title.startswith("Requests of shop are answered 500")
    assert list(traffic.meant(examined(running, settings).refusals)) == []


def test_what_is_passed_on_is_said_and_what_fails_is_a_warning(running: Store, settings: Settings) -> None:
    number = running.write(projects.number, "shop", micros(ago=0))
    added = running.write(forwards.add, number, DSN, after_report=0, now=micros(ago=0))
    passed = "What arrives for shop is passed on to https://…@errors.example.org/1"
    assert f"{passed}: 0 sent, 0 waiting." in titles(examined(running, settings), Severity.OK)
    running.write(forwards.record_failed, added, "It did not answer.", micros(ago=0), 0)
    assert f"{passed}, which fails: It did not answer." in titles(
        examined(running, settings), Severity.WARNING
    )
    running.write(forwards.set_enabled, added.id, enabled=False)
    assert f"{passed}, which is paused: 0 reports waiting." in titles(
        examined(running, settings), Severity.NOTE
    )
