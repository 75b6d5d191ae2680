import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model import IssueState
from tests.factories import set_state
from tests.ui.detail.arrivals import Arrivals
from ui.detail.page.page import EventPage
from ui.detail.pane import DetailPane
from ui.link.preferences_access import PreferencesAccess


def test_without_a_selection_the_keys_are_explained(pane: DetailPane) -> None:
    assert pane.placeholder.isVisible()
    assert "issue" in pane.placeholder.accessibleName()
    assert "]" in pane.placeholder.accessibleDescription()


def test_an_issue_shows_its_newest_event(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send(value="first")
    arrivals.send(value="second")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    assert "second" in pane.page.text()
    assert pane.actions_bar.navigation.position.text() == "2 of 2"
    assert not pane.placeholder.isVisible()


@pytest.mark.parametrize(("width", "has_words"), [(400, False), (900, True)])
def test_no_button_is_cut_in_a_narrow_pane(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot, width: int, has_words: bool
) -> None:
    for number in range(12):
        arrivals.send(value=str(number), release="1.0")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.resize(width, 500)
    pane.grab()
    bar = pane.actions_bar
    assert pane.width() == width
    buttons = [bar.resolve_button, bar.resolve_more_button, bar.mute_button, bar.copy_button, bar.more_button]
    buttons += bar.navigation.buttons.values()
    assert [each for each in buttons if each.width() < each.minimumSizeHint().width()] == []
    assert bar.navigation.position.width() >= bar.navigation.position.sizeHint().width()
    assert bar.mute_button.shown_text() == ("Mute" if has_words else "")
    assert bar.mute_button.accessibleName() == "Mute"


def test_of_quick_selections_only_the_last_is_built(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    for kind in ("Alpha", "Beta", "Gamma"):
        arrivals.send(kind)
    shown: list[int] = []
    pane.shown.connect(shown.append)
    with qtbot.waitSignal(pane.shown):
        for issue_id in (1, 2, 3):
            pane.show_issue(issue_id)
    QTest.qWait(0)
    assert len(shown) == 1
    assert "Gamma" in pane.page.text()


def test_an_event_stays_shown_until_the_next_is_loaded(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send("Alpha")
    arrivals.send("Beta")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(2)
        assert "Alpha" in pane.page.text()
    assert "Beta" in pane.page.text()


class Paints(QObject):
    """Remembers, for each paint of the page, how large it was and whether all its sections were built."""

    def __init__(self, page: EventPage) -> None:
        super().__init__(page)
        self.seen: list[tuple[QSize, bool, bool]] = []
        self._page = page
        page.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            page = self._page
            is_filled = page.complete or page.stacking.height > page.viewport().height()
            self.seen.append((page.size(), is_filled, page.complete))
        return False


def test_the_first_event_is_painted_when_it_has_arrived_and_the_rest_of_its_page_is_built_after(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(value="much", extra={f"number {number}": number for number in range(90)})
    pane.resize(700, 300)
    paints = Paints(pane.page)
    with qtbot.waitSignal(pane.page.built):
        pane.show_issue(1)
    QTest.qWait(0)
    _size, is_filled, is_complete = paints.seen[0]
    assert is_filled
    assert not is_complete
    assert {size for size, *_ in paints.seen} == {pane.page.size()}


def test_what_is_no_longer_read_is_not_shown_until_it_is_asked_for_again(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send("Alpha")
    arrivals.send("Beta")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    with qtbot.assertNotEmitted(pane.shown, wait=100):
        pane.show_issue(2)
        pane.stop_reading()
    assert "Alpha" in pane.page.text()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(2)
    assert "Beta" in pane.page.text()


def test_deselecting_while_an_event_is_read_leaves_the_pane_empty(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send()
    pane.show_issue(1)
    with qtbot.assertNotEmitted(pane.shown, wait=100):
        pane.show_issue(None)
    assert pane.placeholder.isVisible()


def test_one_steps_through_the_events(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> None:
    for number in range(4):
        arrivals.send(value=f"number {number}")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    seen = []
    for where in ("previous", "previous", "next", "first", "last"):
        with qtbot.waitSignal(pane.shown):
            pane.actions_bar.navigation.go(where)
        seen.append(pane.actions_bar.navigation.position.text())
    assert seen == ["3 of 4", "2 of 4", "3 of 4", "1 of 4", "4 of 4"]


def test_buttons_stop_at_the_ends(pane: DetailPane, arrivals: Arrivals, qtbot: QtBot) -> None:
    arrivals.send()
    arrivals.send()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    buttons = pane.actions_bar.navigation.buttons
    assert [name for name, button in buttons.items() if button.isEnabled()] == ["first", "previous"]
    with qtbot.waitSignal(pane.shown):
        QTest.mouseClick(buttons["previous"], Qt.MouseButton.LeftButton)
    assert [name for name, button in buttons.items() if button.isEnabled()] == ["next", "last"]


def test_newer_events_are_counted_and_the_page_stays(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(value="seen")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    arrivals.send(value="newer")
    arrivals.send(value="newest")
    pane.refresh()
    navigation = pane.actions_bar.navigation
    qtbot.waitUntil(navigation.newer.isVisible)
    assert navigation.newer.text() == "2 newer"
    assert navigation.position.text() == "1 of 3"
    assert "seen" in pane.page.text()
    assert "Events: 3" in pane.page.text()
    with qtbot.waitSignal(pane.shown):
        QTest.mouseClick(navigation.newer, Qt.MouseButton.LeftButton)
    assert "newest" in pane.page.text()
    assert not navigation.newer.isVisible()


def test_buttons_follow_the_state_and_ask_for_the_issue(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    bar = pane.actions_bar
    assert bar.resolve_button.isVisible()
    assert not bar.reopen_button.isVisible()
    with qtbot.waitSignal(pane.resolve_requested) as asked:
        QTest.mouseClick(bar.resolve_button, Qt.MouseButton.LeftButton)
    assert asked.args == [1]
    with qtbot.waitSignal(pane.mute_requested) as asked:
        QTest.mouseClick(bar.mute_button, Qt.MouseButton.LeftButton)
    with arrivals.database.writing() as connection:
        set_state(connection, [1], IssueState.RESOLVED)
    pane.refresh()
    qtbot.waitUntil(bar.reopen_button.isVisible)
    assert not bar.resolve_button.isVisible()
    with qtbot.waitSignal(pane.reopen_requested):
        QTest.mouseClick(bar.reopen_button, Qt.MouseButton.LeftButton)


def test_a_copy_is_requested_in_the_chosen_form_or_the_last(
    pane: DetailPane, arrivals: Arrivals, chosen: PreferencesAccess, qtbot: QtBot
) -> None:
    requested: list[str] = []
    pane.copy_requested.connect(requested.append)
    pane.copy_event()
    assert requested == [], "no event is shown"
    arrivals.send(value="'card'")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.actions_bar.copy_menu().actions()[1].trigger()
    chosen.change(copy_form="test")
    pane.copy_event()
    assert requested == ["text", "test"]


def test_an_event_removed_by_retention_is_reported(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    pane.show_event(999)
    qtbot.waitUntil(pane.placeholder.isVisible)
    assert "no longer stored" in pane.placeholder.accessibleName()


def test_the_jump_bar_has_the_sections_of_the_event_and_marks_the_one_in_view(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(
        request={"url": "http://localhost/x", "method": "GET"}, extra={f"k{n}": n for n in range(60)}
    )
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    qtbot.waitUntil(lambda: pane.page.complete)
    labels = pane.jump_bar.labels()
    words = [word for word, _ in labels]
    assert words == ["Stack", "Git", "Overview", "Request", "Timeline", "Events", "Similar", "Raw"]
    pane.jump_bar.jump.emit(next(n for n, s in enumerate(pane.page.sections) if s.jump == "Raw"))
    assert dict(pane.jump_bar.labels())["Raw"]
    assert not dict(pane.jump_bar.labels())["Stack"]


def test_a_file_is_read_from_the_store_when_it_is_opened(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(files={"worker.log": b"the worker has started"})
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    section = next(s for s in pane.page.sections if s.name == "Attachments")
    section.toggle("0 worker.log")
    qtbot.waitUntil(lambda: "the worker has started" in pane.page.text())
