"""The preview looks beside the UI thread, shows what it found, and can be cancelled."""

from pytestqt.qtbot import QtBot

from app.preferences import ScrubPattern
from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.scrub_preview import ScrubPreviewBox


def test_it_shows_what_is_hidden(database: Database, chosen: PreferencesAccess, qtbot: QtBot) -> None:
    Arrivals(database).send(extra={"note": "K-1 K-2"})
    chosen.change(scrub_patterns=(ScrubPattern(pattern="K-[0-9]"),))
    box = ScrubPreviewBox(chosen)
    qtbot.addWidget(box)
    box.show()
    box.look.click()
    assert box.cancel.isVisible()
    qtbot.waitUntil(box.look.isVisible)
    item = box.table.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(5)] == ["extra", "K-[0-9]", "2", "1", "K-1"]
    assert box.message.text() == "Looked through 1 event: this is hidden."


def test_without_a_store_a_sentence_says_so(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    box = ScrubPreviewBox(chosen)
    qtbot.addWidget(box)
    box.show()
    box.look.click()
    qtbot.waitUntil(box.message.isVisible)
    assert box.message.text()


def test_it_can_be_cancelled(database: Database, chosen: PreferencesAccess, qtbot: QtBot) -> None:
    box = ScrubPreviewBox(chosen)
    qtbot.addWidget(box)
    box.show()
    box.look.click()
    box.cancel.click()
    assert box.look.isVisible()
    assert not box.message.isVisible()
