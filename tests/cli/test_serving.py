"""What the engine reports to the window comes behind the line that says where it listens."""

import threading

import pytest

from app.cli.serving import _Reports
from app.store.upkeep.health import Trouble, TroubleKind


def test_changes_before_the_address_are_one_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    reports = _Reports()
    for revision in (3, 5, 4):
        reports.changed(revision)
    assert capsys.readouterr().out == ""
    reports.begin()
    reports.changed(6)
    assert capsys.readouterr().out == "changed 5\nchanged 6\n"


def test_what_is_wrong_with_the_store_waits_for_the_address(capsys: pytest.CaptureFixture[str]) -> None:
    reports = _Reports()
    trouble = Trouble(TroubleKind.GONE, "It was taken away", "/tmp/arecibo.db")
    waiting = threading.Thread(target=reports.store_state, args=(trouble,))
    waiting.start()
    assert capsys.readouterr().out == ""
    reports.begin()
    waiting.join()
    reports.store_state(None)
    assert capsys.readouterr().out == (
        'store {"kind":"gone","message":"It was taken away","where":"/tmp/arecibo.db"}\nstore null\n'
    )
