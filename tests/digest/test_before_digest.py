"""What a person's `before_digest` does to the entries that are filed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.digest import before_digest
from app.digest.entries.repeats import Repeats
from app.listeners.listeners import Listeners
from app.model import AttachmentInfo
from app.protocols.delivery import Attachment, Delivery
from app.store.inbox.events import changes
from app.store.queue.queue_overview import DROPPED
from tests.factories import NOON, Store, append, make_event, make_report

CODE = """
from msgspec.structs import replace

def before_digest(event):
    if event.exceptions[-1].type == "Noise":
        return None
    return replace(event, title="Changed")
"""


@pytest.fixture
def listeners(tmp_path: Path) -> Iterator[Listeners]:
    file = tmp_path / "listeners.py"
    file.write_text(CODE, "utf-8")
    loaded = Listeners(file)
    loaded.refresh()
    yield loaded
    file.unlink()
    loaded.refresh()


def test_without_one_every_event_is_filed_in_its_place() -> None:
    delivery = Delivery(events=(make_event(), make_event()))
    understood = before_digest.consult(Listeners(None), Repeats(), make_report(1), delivery, first=500)
    assert [entry.ordinal for entry in understood.entries.events] == [500, 501]
    assert understood.changes == ()


def test_a_dropped_event_goes_with_its_files_and_a_changed_one_is_filed_as_changed(
    store: Store, listeners: Listeners
) -> None:
    noise, error = make_event("Noise"), make_event()
    info = AttachmentInfo(filename="a.txt", content_type=None, size=1)
    files = tuple(Attachment(event.event_id, info, b"x") for event in (noise, error))
    report = make_report(1)
    append(store.database, report)
    understood = before_digest.consult(
        listeners, Repeats(), report, Delivery(events=(noise, error), attachments=files)
    )
    (entry,) = understood.entries.events
    assert (entry.event_id, entry.ordinal, entry.title) == (error.event_id, 1, "Changed")
    assert [file.event_id for file in understood.entries.files] == [error.event_id]
    assert understood.entries.others == {DROPPED: 1}
    store.write(before_digest.file, [understood], NOON)
    assert store.read(changes.of, 1, 1) is not None
    assert store.read(changes.of, 1, 0) is None
