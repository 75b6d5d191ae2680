"""The window on the desktop: counted, paused, closed to the tray, and opened by links."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.app_link import AppLink
from app.engine.child_protocol import AnyWindowMessage, IntakePaused, PauseIntake, WindowMessage
from app.settings import Settings
from app.store.inbox.lists import events
from tests.regrouping.shop import Shop
from ui.desktop_services import DesktopServices
from ui.link.background import Background
from ui.link.engine_link import EngineLink
from ui.link.preferences_access import PreferencesAccess
from ui.link.store_access import StoreAccess
from ui.main_window import MainWindow
from ui.undo import UndoStack


class Engine(EngineLink):
    """A link without a process: what is sent is kept."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.sent: list[AnyWindowMessage] = []
        self.url = "http://127.0.0.1:1"

    def send(self, message: AnyWindowMessage) -> None:
        self.sent.append(message)


class Desk:
    def __init__(
        self,
        folder: Path,
        store: StoreAccess,
        undo: UndoStack,
        background: Background,
        chosen: PreferencesAccess,
    ) -> None:
        settings = Settings(data_dir=folder)
        chosen.settings.file = folder / "settings.toml"
        self.window = MainWindow(store, undo, folder)
        self.engine = Engine(settings)
        self.preferences = chosen
        self.settings = chosen.settings
        self.controller = DesktopServices(self.window, store, self.engine, chosen, self.settings)


@pytest.fixture
def desk(
    shop: Shop,
    tmp_path: Path,
    access: StoreAccess,
    undo: UndoStack,
    background: Background,
    chosen: PreferencesAccess,
    qtbot: QtBot,
) -> Iterator[Desk]:
    made = Desk(tmp_path, access, undo, background, chosen)
    qtbot.addWidget(made.window)
    yield made
    made.controller.stop()
    made.window.issues.feed.stop()
    background.stop()


def test_the_title_counts_what_is_unread(desk: Desk) -> None:
    desk.controller.show_unread(1_234)
    assert desk.window.windowTitle() == "(1,234) Arecibo"
    desk.controller.show_unread(0)
    assert desk.window.windowTitle() == "Arecibo"


def test_a_pause_is_asked_of_the_engine_and_shown_across_the_window(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show()
    desk.controller.toggle_pause()
    desk.controller.tray.pause_requested.emit(900)
    desk.engine._set_pause(IntakePaused(0, None, 312))
    strip = desk.window.intake
    assert strip is not None
    assert strip.isVisible()
    assert "312 reports turned away" in strip.sentence
    desk.controller.toggle_pause()
    assert desk.engine.sent == [PauseIntake(), PauseIntake(900), WindowMessage.RESUME_INTAKE]
    desk.engine._set_pause(None)
    assert not strip.isVisible()
    assert not desk.controller.tray.resume.isVisible()
    desk.engine.url = None
    with qtbot.waitSignal(desk.controller.message):
        desk.controller.toggle_pause()


def test_closing_hides_only_where_a_tray_shows_the_way_back(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.preferences.change(close_to_tray=True)
    desk.window.show()
    monkeypatch.setattr(type(desk.controller.tray), "is_shown", property(lambda _tray: True))
    with qtbot.assertNotEmitted(desk.window.closing), qtbot.waitSignal(desk.window.hidden_to_tray):
        desk.window.close()
    assert desk.preferences.chosen.told_of_tray
    assert not desk.window.isVisible()
    with qtbot.waitSignal(desk.window.closing):
        desk.window.leave()


def test_closing_closes_without_a_tray(desk: Desk, qtbot: QtBot) -> None:
    desk.preferences.change(close_to_tray=True)
    desk.window.show()
    with qtbot.waitSignal(desk.window.closing):
        desk.window.close()


def test_muting_is_a_setting(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.settings.changed):
        desk.controller.tray.mute.trigger()
    assert desk.settings.chosen.notifications.do_not_disturb
    with qtbot.waitSignal(desk.settings.changed):
        desk.preferences.history.undo()
    assert not desk.controller.tray.mute.isChecked()


def test_a_link_leads_to_its_issue_or_event(desk: Desk, shop: Shop, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.controller.issue_requested) as requested:
        desk.controller.open_link(AppLink(issue_id=7))
    assert requested.args == [7]
    with shop.database.reading() as connection:
        newest = events.summaries(connection)[0]
    with qtbot.waitSignal(desk.controller.event_requested) as requested:
        desk.controller.open_link(AppLink(event_id=newest.event_id))
    assert requested.args[0] == newest.issue_id
    with qtbot.waitSignal(desk.controller.message) as said:
        desk.controller.open_link(AppLink(event_id="0" * 32))
    assert "nothing at arecibo://event/" in said.args[0]
