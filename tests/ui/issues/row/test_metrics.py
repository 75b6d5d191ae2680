"""A row's measures follow the fonts."""

from pytestqt.qtbot import QtBot

from ui.issues.row.metrics import Density, RowMetrics, row_height


def test_a_compact_row_has_one_line(qtbot: QtBot) -> None:
    compact, comfortable = RowMetrics(Density.COMPACT), RowMetrics(Density.COMFORTABLE)
    assert compact.first == compact.second
    assert comfortable.second - comfortable.first == comfortable.line
    assert compact.height < comfortable.height == row_height()


def test_both_lines_and_what_is_below_them_fit(qtbot: QtBot) -> None:
    for density in Density:
        metrics = RowMetrics(density)
        assert metrics.second + metrics.line < metrics.height
        assert metrics.line >= metrics.strong_metrics.height()
