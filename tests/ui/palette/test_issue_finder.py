"""Issues are found in the whole store by their words, and only for the newest letters."""

import pytest
from pytestqt.qtbot import QtBot

from tests.factories import Store, make_event
from ui.link.store_access import StoreAccess
from ui.palette.issue_finder import IssueFinder, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [("std::runtime_error", "std runtime_error"), ('is:x "(', "is x"), ("  ", ""), ("a-b", "a b")],
)
def test_what_is_typed_is_only_words(typed: str, words: str) -> None:
    assert words_of(typed) == words


def test_issues_are_found_by_their_words(store: Store, access: StoreAccess, qtbot: QtBot) -> None:
    store.file(make_event("PaymentError", value="invalid order 1042"))
    store.file(make_event("KeyError", value="customer"))
    finder = IssueFinder(access)
    with qtbot.waitSignal(finder.found) as found:
        finder.find("pay")
        finder.find("order: 1042")
    assert found.args is not None
    assert found.args[0] == "order: 1042", "only the newest letters count"
    assert [issue.type for issue in found.args[1]] == ["PaymentError"]


def test_one_letter_is_not_looked_for(access: StoreAccess, qtbot: QtBot) -> None:
    finder = IssueFinder(access)
    with qtbot.assertNotEmitted(finder.found, wait=50):
        finder.find("p")
