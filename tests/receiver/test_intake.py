"""The gate: while intake is paused every report is answered 503, counted, and stored nowhere."""

import json
import threading
from pathlib import Path

import pytest

from app import intake_pause
from app.intake_pause import Pause
from app.receiver.intake import RETRY_AFTER_SECONDS, Intake
from app.receiver.refused import Refused
from tests.factories import envelope
from tests.receiver.conftest import ENVELOPE, Running, assert_web_pages_may_read

EVENT = "0123456789abcdef0123456789abcdef"
KEY = {"X-Sentry-Auth": "Sentry sentry_key=shop, sentry_version=7"}
SECOND = 1_000_000


def test_paused_means_503_and_a_count_and_resumed_means_stored(running: Running) -> None:
    intake = running.commits.intake
    intake.begin()
    answer = running.ask(body=envelope(EVENT), headers=KEY)
    assert answer.status == 503
    assert answer.headers["retry-after"] == str(RETRY_AFTER_SECONDS)
    assert_web_pages_may_read(answer)
    assert running.ask(body=b"x" * 3_000_000, headers=KEY).status == 503
    assert running.ask(path="/nowhere-at-all", method="PUT").status != 503
    said = json.loads(running.ask("GET", "/").body)
    assert said["paused"]["turned_away"] == 2
    health = running.ask("GET", "/health")
    assert (health.status, json.loads(health.body)["status"]) == (503, "paused")
    intake.resume()
    assert json.loads(running.ask("GET", "/health").body) == {"status": "ok"}
    assert running.ask(body=envelope(EVENT), headers=KEY).status == 200
    assert [stored.event_id for stored in running.stored()] == [EVENT]
    assert running.refusals() == []


def test_one_connection_goes_on_after_the_pause(running: Running) -> None:
    connection = running.connect()
    running.commits.intake.begin()
    for status in (503, 503, 200):
        if status == 200:
            running.commits.intake.resume()
        connection.request("POST", ENVELOPE, envelope(EVENT), KEY)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status


def test_it_ends_at_its_time_whoever_looks_first(tmp_path: Path) -> None:
    now = [1_700_000_000 * SECOND]
    (tmp_path / intake_pause.FILE).write_text(f'{{"since": {now[0]}, "until": {now[0] + 3 * SECOND}}}')
    intake = Intake(tmp_path, clock=lambda: now[0])
    intake.follow()
    with pytest.raises(Refused) as refused:
        intake.demand_open()
    assert refused.value.retry_after == 4
    now[0] += 3 * SECOND
    intake.demand_open()
    assert intake.pause is None
    intake.stop()


def test_its_end_is_reported_without_any_report(tmp_path: Path) -> None:
    ended = threading.Event()
    intake = Intake(tmp_path, lambda pause: ended.set() if pause is None else None)
    intake.begin(1)
    assert ended.wait(10)
    assert not (tmp_path / intake_pause.FILE).exists()
    intake.stop()


def test_the_count_is_reported_and_outlasts_a_restart(tmp_path: Path) -> None:
    reports: list[Pause | None] = []
    counted = threading.Event()

    def changed(pause: Pause | None) -> None:
        reports.append(pause)
        if pause is not None and pause.turned_away == 3:
            counted.set()

    intake = Intake(tmp_path, changed)
    intake.begin()
    for _number in range(3):
        with pytest.raises(Refused):
            intake.demand_open()
    assert counted.wait(10)
    assert len(reports) == 2, "one for the pause, and one for all that came in half a second"
    with pytest.raises(Refused):
        intake.demand_open()
    intake.stop()
    again = Intake(tmp_path)
    again.follow()
    assert again.pause is not None
    assert again.pause.turned_away == 4
    again.resume()


def test_another_process_pauses_and_resumes(tmp_path: Path) -> None:
    reports: list[bool] = []
    intake = Intake(tmp_path, lambda pause: reports.append(pause is not None))
    intake_pause.begin(tmp_path)
    intake.demand_open()
    intake.follow()
    with pytest.raises(Refused):
        intake.demand_open()
    intake_pause.end(tmp_path)
    intake.follow()
    intake.follow()
    intake.demand_open()
    assert reports == [True, False]
