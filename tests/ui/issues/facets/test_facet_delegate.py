"""Rows of facets, as pixels."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.issues.facets.facet_delegate import HEADING_HEIGHT, ROW_HEIGHT
from ui.issues.facets.facet_model import FacetModel, FacetRow, ValueRow
from ui.issues.facets.facet_view import FacetView
from ui.theme import Theme, appearance


def test_what_is_asked_for_is_marked_by_its_ground_and_what_is_left_out_by_a_line(
    qtbot: QtBot, dressed: Theme
) -> None:
    model = FacetModel()
    view = FacetView(model)
    model.setParent(view)
    qtbot.addWidget(view)
    values = [ValueRow("level", "iiii", 3, standing) for standing in ("", "added", "excluded")]
    values = [ValueRow("level", f"{place}iiii", 3, each.standing) for place, each in enumerate(values)]
    model.show([(FacetRow("level", is_complete=False), values)])
    view.expandAll()
    view.resize(220, 200)
    view.show()
    heights = [view.visualRect(model.index(row, 0, model.index_of("level"))).height() for row in range(3)]
    assert heights == 3 * [ROW_HEIGHT]
    assert view.visualRect(model.index_of("level")).height() == HEADING_HEIGHT
    image = view.viewport().grab().toImage()
    middles = [HEADING_HEIGHT + row * ROW_HEIGHT + ROW_HEIGHT // 2 for row in range(3)]
    grounds = [image.pixelColor(150, middle).rgb() == dressed.selected.rgb() for middle in middles]
    assert grounds == [False, True, False]
    # The line through the text: no gap between letters.
    struck = [image.pixelColor(x, middles[2] - 1).rgb() for x in range(36, 50)]
    assert len(set(struck)) <= 2


def test_rows_grow_with_the_text(qtbot: QtBot, dressed: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    model = FacetModel()
    view = FacetView(model)
    model.setParent(view)
    qtbot.addWidget(view)
    model.show([(FacetRow("level", is_complete=False), [ValueRow("level", "error", 3, "")])])
    view.show()
    monkeypatch.setattr(appearance(), "text_size", 150)
    appearance().themeChanged.emit()
    QApplication.processEvents()
    assert view.visualRect(model.index_of("level")).height() == HEADING_HEIGHT * 3 // 2
