"""Similar issues: looked for when opened, each a way to it."""

import pytest

from app import detail
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from ui.detail.requests import ShowIssue
from ui.detail.sections.issue.similar import SimilarSection


@pytest.fixture
def opened(store_page: ReadPage, database: Database, arrivals: Arrivals) -> ReadPage:
    arrivals.send("PaymentError", "card was declined", fingerprint=["a"])
    arrivals.send("PaymentError", "card was declined", fingerprint=["b"])
    arrivals.send("KeyError", "'colour'", culprit="elsewhere", fingerprint=["c"])
    with database.reading() as connection:
        found = detail.read_event(connection, 1)
    assert found is not None
    store_page.open(found, SimilarSection)
    assert store_page.lines() == ["Similar issues"]
    store_page.activate("Similar issues")
    return store_page


def test_what_looks_alike_is_shown_and_leads_there(opened: ReadPage) -> None:
    (line,) = opened.lines()[1:]
    assert "PaymentError" in line
    assert "same type, same place, same message" in line
    opened.activate("PaymentError")
    assert opened.requests == [ShowIssue(2)]
