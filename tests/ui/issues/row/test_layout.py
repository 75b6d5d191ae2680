"""The parts of a row never overlap, at any width."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.model import EPOCH, IssueState
from tests.ui.issues.factories import make_issue
from ui.issues.row import metrics as at
from ui.issues.row.layout import Inks, Options, RowLayout, layout_of
from ui.issues.row.metrics import Density, RowMetrics
from ui.widgets.ink import Ink

NOW = EPOCH + timedelta(days=9_000)
ISSUE = make_issue(
    1,
    type="com.example.shop.orders.internal.OrderNotFoundException",
    value="order 77 is gone",
    place="ledger.py:19 in charge",
    environment="production",
    count=48_211,
    users=1_204,
    state=IssueState.REGRESSED,
    escalated_at=NOW,
)


def laid_out(width: int, density: Density, options: Options | None = None) -> RowLayout:
    metrics = RowMetrics(density)
    inks = Inks(Ink(metrics.body), Ink(metrics.strong), Ink(metrics.small))
    return layout_of(ISSUE, width, metrics, inks, options or Options(with_sparkline=True), NOW)


@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("width", [186, 260, 320, 432, 560, 700, 1_200, 2_560])
def test_nothing_overlaps(qtbot: QtBot, width: int, density: Density) -> None:
    layout = laid_out(width, density)
    boxes = [
        (text.baseline, text.x, text.x + text.ink.width(text.text))
        for text in (*layout.texts, *(chip.text for chip in layout.chips))
        if text.text
    ]
    second = max(box[0] for box in boxes)
    boxes += [
        (second, rect.left(), rect.right())
        for rect in (layout.users, layout.sparkline, layout.star)
        if rect is not None
    ]
    for one in boxes:
        assert one[1] >= at.TEXT_LEFT
        assert one[2] <= width - at.RIGHT
        for other in boxes:
            assert one is other or one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1]


def test_a_narrow_row_leaves_out_what_matters_least(qtbot: QtBot) -> None:
    wide, narrow = laid_out(900, Density.COMFORTABLE), laid_out(250, Density.COMFORTABLE)
    assert wide.sparkline is not None
    assert wide.users is not None
    assert len(wide.chips) == 2
    assert narrow.sparkline is None
    assert narrow.users is None


def test_a_row_knows_whether_something_is_cut(qtbot: QtBot) -> None:
    assert laid_out(432, Density.COMFORTABLE).is_cut
    assert not laid_out(1_800, Density.COMFORTABLE).is_cut
    assert laid_out(432, Density.COMPACT).is_cut


def test_what_a_search_found_is_marked(qtbot: QtBot) -> None:
    options = replace(Options(), found=lambda text: [(0, 5)] if text.startswith("order") else [])
    (box,) = laid_out(900, Density.COMFORTABLE, options).found
    assert box.width() > 20


def test_a_long_badge_takes_nothing_from_the_headline(qtbot: QtBot) -> None:
    def badge(width: int) -> str:
        metrics = RowMetrics(Density.COMFORTABLE)
        inks = Inks(Ink(metrics.body), Ink(metrics.strong), Ink(metrics.small))
        issue = replace(ISSUE, state=IssueState.RESOLVED, resolved_in="shop@1.11.9", escalated_at=None)
        (chip,) = layout_of(issue, width, metrics, inks, Options(), NOW).chips
        return chip.text.text

    assert badge(432) == "resolved"
    assert badge(1_200) == "resolved in shop@1.11.9"


def test_a_narrow_compact_row_says_file_and_line(qtbot: QtBot) -> None:
    def texts(width: int, kind: str = "panic") -> list[str]:
        metrics = RowMetrics(Density.COMPACT)
        inks = Inks(Ink(metrics.body), Ink(metrics.strong), Ink(metrics.small))
        issue = make_issue(1, type=kind, value="on a None value", place="cart.rs:40 in shop::total")
        return [text.text for text in layout_of(issue, width, metrics, inks, Options(), NOW).texts]

    assert "cart.rs:40" in texts(432)
    assert "cart.rs:40" not in texts(200)
    assert "cart.rs:40" not in texts(432, "APanicOfAVeryLongNameInSomePackage"), "the type is more"
    assert any("shop · cart.rs:40 in shop::total" in text for text in texts(1_400))
