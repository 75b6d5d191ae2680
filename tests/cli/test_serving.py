"""The window's child: its reports wait for the line that says where it listens. The rest is in end2end."""

import threading

import pytest

from app.cli.serving import _Reports


def test_early_changes_are_reported_once_with_the_newest_revision(capsys: pytest.CaptureFixture[str]) -> None:
    reports = _Reports()
    reports.changed(3)
    reports.changed(2)
    assert capsys.readouterr().out == ""
    reports.begin()
    assert capsys.readouterr().out == "changed 3\n"
    reports.changed(4)
    assert capsys.readouterr().out == "changed 4\n"


def test_without_early_changes_nothing_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    _Reports().begin()
    assert capsys.readouterr().out == ""


def test_report_of_another_thread_waits_for_the_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    reports = _Reports()
    reporter = threading.Thread(target=reports.notice, args=("something",))
    reporter.start()
    assert capsys.readouterr().out == ""
    reports.begin()
    reporter.join(30)
    assert not reporter.is_alive()
    assert capsys.readouterr().out == "notice something\n"
