"""With the preference, nothing is written before it was scrubbed; without it, all is written as it came."""

import json
from pathlib import Path

import pytest

from app import preferences
from app.preferences import ScrubPattern
from app.scrub import receipt
from app.scrub.receipt import ReceiptScrubber
from tests.receiver.conftest import Start
from tests.receiver.conftest import settings as settings
from tests.receiver.conftest import start as start

BODY = json.dumps({"message": "order K-1234", "password": "hunter2"}).encode()


@pytest.fixture(autouse=True)
def look_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipt, "LOOK_SECONDS", 0.0)


def choose(folder: Path, **fields: object) -> None:
    preferences.change(folder, **fields)


def test_what_is_chosen_holds_for_the_next_report(start: Start, tmp_path: Path) -> None:
    running = start()
    assert running.ask(path="/shop", body=BODY).status == 200
    choose(tmp_path, scrub_on_receipt=True, scrub_patterns=(ScrubPattern(pattern="K-[0-9]+"),))
    assert running.ask(path="/shop", body=BODY, headers={"Cookie": "a=hunter2"}).status == 200
    choose(tmp_path, scrub_on_receipt=False)
    assert running.ask(path="/shop", body=BODY).status == 200
    first, second, third = running.stored()
    assert first.body == third.body == BODY
    assert json.loads(second.body) == {"message": "order [Filtered]", "password": "[Filtered]"}
    assert b"hunter2" not in second.head
    assert second.project == "shop"


def test_what_cannot_be_searched_is_refused_and_not_written(start: Start, tmp_path: Path) -> None:
    choose(tmp_path, scrub_on_receipt=True)
    running = start()
    answer = running.ask(path="/shop", body=b"\x00\xff\x01hunter2", headers={"Cookie": "a=hunter2"})
    assert answer.status == 415
    assert running.ask(path="/shop?password=hunter2", body=b"").status == 400
    assert running.stored() == []
    refusals = running.refusals()
    assert [refusal.status for refusal in refusals] in ([415, 400], [400, 415])
    assert "binary" in "".join(refusal.reason for refusal in refusals)
    assert "hunter2" not in "".join(refusal.head for refusal in refusals)
    store = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"hunter2" not in store


def test_a_file_that_breaks_switches_nothing_off(tmp_path: Path) -> None:
    choose(tmp_path, scrub_on_receipt=True)
    scrubber = ReceiptScrubber(tmp_path)
    assert scrubber.is_on
    (tmp_path / preferences.FILE).write_text("{")
    assert scrubber.is_on


def test_off_nothing_is_changed(tmp_path: Path) -> None:
    scrubber = ReceiptScrubber(tmp_path)
    assert not scrubber.is_on
    report = (1, "plain", "shop", "0" * 32, "", b"POST / HTTP/1.1", BODY)
    assert scrubber.scrub(report) is report
    assert scrubber.refusal("why", b"head") == ("why", b"head")
