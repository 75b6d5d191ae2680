"""The list of clients: grouped, and filtered by a search."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from pytestqt.qtbot import QtBot

from app.clients import DEFAULT_URL, clients
from ui.connect.client_list import LINE, ClientModel, FoundClients

CATALOGUE = clients(DEFAULT_URL)


@pytest.fixture
def found(checked: Callable[[QAbstractItemModel], QAbstractItemModel], qtbot: QtBot) -> FoundClients:
    made = FoundClients()
    source = ClientModel(CATALOGUE, made)
    made.setSourceModel(source)
    checked(source)
    checked(made)
    return made


def lines(found: FoundClients) -> list[str]:
    return [found.index(row, 0).data() for row in range(found.rowCount())]


def test_every_client_is_listed_under_the_heading_of_its_group(found: FoundClients) -> None:
    heading, members = "", []
    for row in range(found.rowCount()):
        line = found.index(row, 0).data(LINE)
        if line.number is None:
            heading = line.text
            assert found.index(row, 0).flags() == Qt.ItemFlag.NoItemFlags, "a heading cannot be chosen"
        else:
            assert CATALOGUE[line.number].name == line.text
            assert CATALOGUE[line.number].group == heading
            members.append(line.number)
    assert members == list(range(len(CATALOGUE)))


def test_a_search_shows_clients_with_all_its_words_and_their_headings(
    found: FoundClients, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(found.modelReset):
        found.search("  DJANGO sentry-sdk ")
        assert "Sentry for Django" in lines(found)
        assert "Sentry for Flask" not in lines(found)
        assert lines(found)[0] == "Python"
        found.search("rollbar browser")
        assert lines(found) == ["Browser", "Rollbar in browsers"]
        found.search("@sentry/node express")
        assert "Sentry for Node" in lines(found), "what its note tells is found as well"
        found.search("no client of this name")
        assert lines(found) == []
        assert found.row_of(None) is None
        found.search("")
    assert len(lines(found)) == len(CATALOGUE) + len({client.group for client in CATALOGUE})


def test_words_found_only_in_two_clients_together_match_neither(found: FoundClients) -> None:
    found.search("raven rollbar")
    assert lines(found) == []


def test_a_client_has_its_row_while_it_is_found(found: FoundClients) -> None:
    number = next(number for number, client in enumerate(CATALOGUE) if client.name == "Sentry for Ruby")
    found.search("ruby")
    row = found.row_of(number)
    assert row is not None
    assert found.index(row, 0).data() == "Sentry for Ruby"
    found.search("django")
    assert found.row_of(number) is None
    assert found.row_of(None) == 1
