"""Rows with any content are painted in both themes."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from app.model import Issue, IssueState
from tests.ui.issues.factories import make_issue
from ui.issues.list_view import IssueListView
from ui.issues.model import IssueListModel
from ui.issues.row.delegate import IssueDelegate
from ui.theme import Theme

HEIGHT = 52
STATE = QStyle.StateFlag


def painted(
    issue: Issue, theme: Theme, width: int = 420, state: STATE = STATE.State_None, ratio: float = 1
) -> QImage:
    model = IssueListModel()
    model.start([issue], complete=True)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, HEIGHT)
    option.state = state
    image = QImage(round(width * ratio), round(HEIGHT * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.window)
    painter = QPainter(image)
    IssueDelegate().paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def rightmost(image: QImage, rows: range, ground: object) -> int:
    return max(x for x in range(image.width()) for y in rows if image.pixelColor(x, y) != ground)


@pytest.mark.parametrize("width", [0, 30, 120, 420, 2_000])
@pytest.mark.parametrize("state", list(IssueState))
def test_any_width_and_any_state(width: int, state: IssueState, dressed: Theme) -> None:
    issue = make_issue(1, state=state, value="wörds\n\t" * 500, culprit=None, count=48_211)
    image = painted(issue, dressed, max(width, 1))
    assert image.width() == max(width, 1)


@pytest.mark.parametrize("ratio", [1, 1.5, 2])
@pytest.mark.parametrize("title", ["", "x" * 5_000, "עברית ☃ 🙂", "one\ntwo", "\0"])
def test_any_title_at_any_scale(title: str, ratio: float, dressed: Theme) -> None:
    image = painted(make_issue(1, type=None, value=None, title=title), dressed, ratio=ratio)
    right = rightmost(image, range(round(8 * ratio), round(30 * ratio)), dressed.window)
    assert right <= image.width() - 19 * ratio, "the time ends where all times end"


def test_unread_is_heavier_than_read(dressed: Theme) -> None:
    def ink(image: QImage) -> int:
        return sum(image.pixelColor(x, y) != dressed.window for x in range(40, 200) for y in range(8, 30))

    assert ink(painted(make_issue(1, unread=True), dressed)) > ink(
        painted(make_issue(1, unread=False), dressed)
    )


def test_hovered_and_selected_rows_have_their_background(dressed: Theme) -> None:
    issue = make_issue(1)
    middle = (30, HEIGHT - 4)
    assert painted(issue, dressed).pixelColor(*middle) == dressed.window
    assert painted(issue, dressed, state=STATE.State_MouseOver).pixelColor(*middle) == dressed.hover
    assert (
        painted(issue, dressed, state=STATE.State_Selected).pixelColor(*middle) == dressed.selected_inactive
    )


def test_the_project_is_left_out_where_all_are_of_one(dressed: Theme, qtbot: QtBot) -> None:
    model = IssueListModel()
    model.start([make_issue(1, project="a-project-with-a-long-name")], complete=True)
    images = []
    for shown in (True, False):
        delegate = IssueDelegate()
        delegate.shows_project = shown
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 420, HEIGHT)
        image = QImage(420, HEIGHT, QImage.Format.Format_ARGB32)
        image.fill(dressed.window)
        painter = QPainter(image)
        delegate.paint(painter, option, model.index(0, 0))
        painter.end()
        images.append(image)
    assert images[0] != images[1]


def test_times_end_at_the_same_place_beside_a_scroll_bar(dressed: Theme, qtbot: QtBot) -> None:
    ends = []
    for number in (1, 30):
        model = IssueListModel()
        model.start([make_issue(n) for n in range(1, number + 1)], complete=True)
        view = IssueListView(model)
        qtbot.addWidget(view)
        view.resize(420, 4 * HEIGHT)
        view.show()
        assert view.verticalScrollBar().isVisible() is (number == 30)
        image = view.grab().toImage()
        ends.append(rightmost(image.copy(0, 0, 408, HEIGHT), range(10, 30), dressed.window))
    assert ends[0] == ends[1]
