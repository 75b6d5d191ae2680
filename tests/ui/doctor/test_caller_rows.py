"""The rows of callers."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.doctor.factories import NOON, make_caller
from ui.doctor.caller_rows import caller_row


def test_a_row_shows_client_project_and_count(qtbot: QtBot) -> None:
    row = caller_row(make_caller())
    assert row.title == "sentry.python 2.42.1"
    assert row.where == "shop · 12 reports · sentry.envelope"
    assert row.at == NOON
    for message in ("sentry.envelope", "shop", "12", "right"):
        assert message in row.text


def test_a_client_without_a_version(qtbot: QtBot) -> None:
    row = caller_row(make_caller("curl", version=None, reports=1, skew_seconds=None))
    assert row.title == "curl"
    assert row.where == "shop · 1 report · sentry.envelope"
    assert "does not say when it sends" in row.text


@pytest.mark.parametrize(
    ("skew", "message"),
    [
        (29.0, None),
        (-29.0, None),
        (734.0, "its clock is 12 min ahead"),
        (-300.0, "its clock is 5 min behind, or it sends late"),
    ],
)
def test_a_clock_that_is_noticeably_wrong_is_reported(skew: float, message: str | None, qtbot: QtBot) -> None:
    row = caller_row(make_caller(skew_seconds=skew))
    assert (row.token == "level_warning") == (message is not None)
    if message is not None:
        assert message in row.where
        assert message in row.text


def test_the_same_client_of_two_projects_is_two_rows(qtbot: QtBot) -> None:
    assert caller_row(make_caller()).key != caller_row(make_caller(project="other")).key
    assert caller_row(make_caller()).key == caller_row(make_caller(reports=99)).key
