"""The timeline on the page: its lines, notes in full, and its refresh."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.detail import EventDetail, read_event
from app.model import MuteRule
from app.store.inbox.lists import events
from app.store.inbox.triage import actions
from tests.factories import NOON, SECOND
from tests.ui.detail.arrivals import Arrivals
from tests.ui.detail.read_page import ReadPage
from ui.detail.pane import DetailPane
from ui.detail.sections.issue.timeline import TimelineSection


def shown(arrivals: Arrivals) -> EventDetail:
    with arrivals.database.reading() as connection:
        pk = events.newest(connection, 1)
        assert pk is not None
        detail = read_event(connection, pk)
    assert detail is not None
    return detail


def test_everything_that_happened_is_shown(page: ReadPage, arrivals: Arrivals) -> None:
    for _ in range(10):
        arrivals.send(release="1.4")
    with arrivals.database.writing() as connection:
        actions.mute(connection, [1], NOON, rule=MuteRule(more=3))
        actions.note(connection, 1, "Ask Ada.\nShe knows.", NOON)
        actions.resolve(connection, [1], NOON)
    lines = page.open(shown(arrivals), TimelineSection).lines()
    assert lines[0] == "Timeline  5"
    message = [line.rpartition("  ")[0] for line in lines[1:] if "  " in line]
    assert message == [
        "Resolved  in 1.4",
        "Note",
        "Muted  until 3 more events",
        "Reached  10 events",
        "First seen  in 1.4",
    ]
    assert "Ask Ada." in lines
    assert "She knows." in lines


def test_old_lines_of_the_timeline_fold(page: ReadPage, arrivals: Arrivals) -> None:
    arrivals.send()
    with arrivals.database.writing() as connection:
        for number in range(9):
            actions.note(connection, 1, f"note {number}", NOON)
    page.open(shown(arrivals), TimelineSection)
    assert "note 3" not in page.text()
    page.activate("5 earlier")
    assert "note 0" in page.text()
    page.activate("Fewer")
    assert "note 0" not in page.text()


def test_a_note_is_copied_whole_and_an_event_by_its_id(page: ReadPage, arrivals: Arrivals) -> None:
    arrivals.send()
    with arrivals.database.writing() as connection:
        actions.note(connection, 1, "Ask Ada.\nShe knows.", NOON)
    page.open(shown(arrivals), TimelineSection)
    page.menu("Ask Ada.")["Copy note"]()
    assert page.clipboard_text() == "Ask Ada.\nShe knows."
    page.menu("First seen")["Copy event id"]()
    assert page.clipboard_text() == f"{1:032x}"


def test_a_page_without_a_history_has_no_timeline(page: ReadPage, arrivals: Arrivals) -> None:
    arrivals.send()
    assert page.open(replace(shown(arrivals), timeline=()), TimelineSection).lines() == []


def test_the_timeline_is_refreshed_and_requests_notes(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send(release="1.4")
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    assert pane.actions_bar.resolve_more_button.isVisible()
    with arrivals.database.writing() as connection:
        actions.mute(connection, [1], NOON, until=NOON + SECOND)
    pane.refresh()
    qtbot.waitUntil(lambda: "Muted" in pane.page.text())
    assert "muted until" in pane.page.text()
    qtbot.waitUntil(lambda: pane.page.complete)
    places = pane.page.stacking
    zone = next(
        zone
        for index in range(len(places.rows))
        for zone in places.sheet(index).zones
        if zone.name == "Add a note"
    )
    with qtbot.waitSignal(pane.note_requested) as asked:
        zone.activate()
    assert asked.args == [1]


def test_without_releases_there_is_none_to_resolve_in(
    pane: DetailPane, arrivals: Arrivals, qtbot: QtBot
) -> None:
    arrivals.send()
    with qtbot.waitSignal(pane.shown):
        pane.show_issue(1)
    in_release, _at_commit = pane.actions_bar.resolve_menu().actions()
    assert not in_release.isEnabled()
