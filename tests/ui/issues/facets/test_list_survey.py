"""Facets and the histogram in the pane of the list: by mouse, by keyboard, and remembered."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import clock
from tests.factories import Store, make_event
from ui.issues.facets import list_survey, survey_feed
from ui.issues.facets.column import FacetColumn
from ui.issues.facets.facet_model import Kind, ValueRow
from ui.issues.pane import IssuesPane
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.places import Place
from ui.undo import UndoStack

Key = Qt.Key


@pytest.fixture
def pane(
    access: StoreAccess,
    undo: UndoStack,
    chosen: PreferencesAccess,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[IssuesPane]:
    monkeypatch.setattr(survey_feed, "FIRST_PAUSE_MS", 0)
    now = clock.now_micros()
    for number in range(9):
        level, tags = "error" if number else "warning", {"tenant": f"t{number}"}
        store.file(make_event(function=f"f{number}", level=level, tags=tags), at=now)
    made = IssuesPane(access, undo)
    made.survey.use(chosen)
    chosen.change(facets=("level", "tenant"))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    with qtbot.waitSignal(made.feed.settled):
        made.show_place(Place())
    made.survey.toggle_facets()
    qtbot.waitUntil(lambda: len(values(made, "level")) == 2)
    yield made
    made.feed.stop()
    made.survey.stop()


def values(pane: IssuesPane, facet: str) -> dict[str, ValueRow]:
    model = pane.survey.column.model
    parent = model.index_of(facet)
    rows = [model.entry(model.index(row, 0, parent)) for row in range(model.rowCount(parent))]
    return {row.text: row for row in rows if isinstance(row, ValueRow)}


def test_a_value_narrows_the_list_and_the_others(pane: IssuesPane, qtbot: QtBot) -> None:
    assert {text: row.number for text, row in values(pane, "level").items()} == {"error": 8, "warning": 1}
    column = pane.survey.column
    QTest.keyClick(column.view, Key.Key_Home)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        QTest.keyClick(column.view, key)
    assert pane.filter_bar.search.text() == "level:warning"
    qtbot.waitUntil(lambda: set(values(pane, "tenant")) == {"t0"})
    assert values(pane, "level")["warning"].standing == "added"
    column.view.value_excluded.emit("level", "warning")
    assert pane.filter_bar.search.text() == "-level:warning"
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    qtbot.waitUntil(lambda: values(pane, "level")["warning"].standing == "excluded")
    column.view.value_excluded.emit("level", "warning")
    assert pane.filter_bar.search.text() == ""


def test_more_values_are_shown_and_found(pane: IssuesPane, qtbot: QtBot) -> None:
    assert values(pane, "tenant")["3 more"].kind is Kind.MORE
    pane.survey.column.view.more_requested.emit("tenant")
    qtbot.waitUntil(lambda: len(values(pane, "tenant")) == 9)
    QTest.keyClicks(pane.survey.column.field, "T7")
    qtbot.waitUntil(lambda: set(values(pane, "tenant")) == {"t7"})


def test_a_folded_facet_is_remembered_and_not_counted(
    pane: IssuesPane, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    column = pane.survey.column
    column.view.collapse(column.model.index_of("tenant"))
    assert "tenant" in chosen.chosen.folded_facets
    column.view.expand(column.model.index_of("tenant"))
    assert "tenant" not in chosen.chosen.folded_facets
    qtbot.waitUntil(lambda: len(values(pane, "tenant")) == 7)


def test_the_column_closes_where_there_is_no_room(pane: IssuesPane) -> None:
    survey = pane.survey
    assert survey.column.isVisible()
    pane.resize(400, 600)
    assert not survey.column.isVisible()
    assert survey.is_open, "it comes back with the room"
    pane.resize(700, 600)
    assert survey.column.isVisible()
    survey.facets_button.click()
    assert not survey.column.isVisible()


def test_the_histogram_folds_and_its_range_is_remembered(pane: IssuesPane, chosen: PreferencesAccess) -> None:
    pane.survey.histogram.range_chosen.emit("7d")
    assert chosen.chosen.histogram_range == "7d"
    pane.survey.histogram_button.click()
    assert not pane.survey.histogram.isVisible()
    assert not pane.survey.has_histogram


def test_bars_are_chosen_and_marked(pane: IssuesPane, qtbot: QtBot) -> None:
    histogram = pane.survey.histogram
    qtbot.waitUntil(lambda: histogram.bars is not None and bool(histogram.bars.number))
    QTest.keyClick(histogram, Key.Key_Right)
    QTest.keyClick(histogram, Key.Key_Return)
    text = pane.filter_bar.search.text()
    assert text.startswith("seen:")
    QTest.keyClick(histogram, Key.Key_Escape)
    assert pane.filter_bar.search.text() == ""


def test_rows_have_their_sparklines(pane: IssuesPane, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: pane.survey.sparklines.counts(1) is not None)
    assert list_survey.VALUES < 9


def test_the_column_is_made_when_it_is_opened_and_reached_from_the_histogram(
    access: StoreAccess, undo: UndoStack, qtbot: QtBot
) -> None:
    pane = IssuesPane(access, undo)
    qtbot.addWidget(pane)
    pane.resize(700, 600)
    pane.show()
    assert pane.findChild(FacetColumn) is None
    pane.survey.open_facets(wanted=True)
    column = pane.findChild(FacetColumn)
    assert column is not None
    assert column.isVisible()
    assert column.geometry().right() < pane.view.mapTo(pane, QPoint()).x()
    assert pane.survey.histogram.range_button.nextInFocusChain() is column.choose_button
    pane.feed.stop()
    pane.survey.stop()
