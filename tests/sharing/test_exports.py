"""Export and import through real engines: the same event again, marked, and once."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from msgspec.structs import replace

from app.model import Event
from app.preferences import Preferences, ScrubPattern
from app.sharing import exports, import_files, sending
from app.sharing.exports import HTML, MARKDOWN, RAW, Export, Source
from app.sharing.what_goes import Parts
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter
from tests.factories import envelope
from tests.sharing.conftest import Begin, Running

EVENT_ID = "0123456789abcdef0123456789abcdef"
OWN = Preferences(scrub_patterns=(ScrubPattern(pattern="K-[0-9]+"),))
FRAME = {"function": "pay", "filename": "a.py", "lineno": 2, "in_app": True, "vars": {"order": "'K-99'"}}
SENT = {
    "message": "order K-1",
    "platform": "python",
    "user": {"email": "ada@example.com"},
    "tags": {"plan": "gold"},
    "exception": {"values": [{"type": "KeyError", "value": "'card'", "stacktrace": {"frames": [FRAME]}}]},
    "breadcrumbs": [{"message": "before", "timestamp": "2026-09-21T13:00:00Z"}],
    "request": {"url": "http://localhost/x", "data": {"password": "hunter2", "n": 1}},
}


def post(running: Running, path: str, body: bytes) -> int:
    where = urlsplit(running.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=20)
    connection.request("POST", path, body)
    status = connection.getresponse().status
    connection.close()
    return status


def source(running: Running, event_id: str = EVENT_ID) -> Source:
    with running.engine.database.reading() as connection:
        pk = events.find(connection, event_id)
        assert pk is not None
        found = exports.read(connection, pk)
    assert found is not None
    return found


def comparable(event: Event) -> dict[str, object]:
    """The event without what says when and how it came here."""
    tags = {name: value for name, value in event.tags.items() if name != "imported"}
    same = replace(event, received_at=event.timestamp, issue_id=0, tags=tags, protocol="", grouping=None)
    built = msgspec.to_builtins(same)
    assert isinstance(built, dict)
    return built


def imported_by(running: Running, export: Export, folder: Path) -> sending.Imported:
    file = folder / export.name
    file.write_bytes(export.data)
    return sending.send(running.settings, import_files.read(file), file.name)


@pytest.mark.parametrize("form", [HTML, RAW])
def test_an_event_comes_back_the_same_marked_and_once(begin: Begin, tmp_path: Path, form: str) -> None:
    one, other = begin("one"), begin("other")
    assert post(one, "/api/1/envelope/?sentry_key=shop", envelope(EVENT_ID, **SENT)) == 200
    before = source(one)
    made = exports.made(before, form, Preferences())
    for _time in range(2):
        result = imported_by(other, made, tmp_path)
        assert result == sending.Imported(True, f"{made.name} was imported.", EVENT_ID)
    after = source(other)
    assert after.detail.event.tags == {**before.detail.event.tags, "imported": "true"}
    assert comparable(after.detail.event) == comparable(before.detail.event)
    with other.engine.database.reading() as connection:
        (issue,) = issues.page(connection, IssueFilter())
    assert (issue.count, issue.project, issue.title) == (1, "shop", before.detail.issue.title)
    again = exports.made(after, form, Preferences())
    assert imported_by(one, again, tmp_path).ok
    with one.engine.database.reading() as connection:
        assert [issue.count for issue in issues.page(connection, IssueFilter())] == [1]


@pytest.mark.parametrize("form", [HTML, RAW, MARKDOWN])
def test_no_secret_and_no_part_that_was_left_out_goes(begin: Begin, form: str) -> None:
    running = begin("one")
    post(running, "/api/1/envelope/?sentry_key=shop", envelope(EVENT_ID, **SENT))
    parts = Parts(locals=False, user=False, breadcrumbs=False)
    made = exports.made(source(running), form, OWN, parts)
    for gone in (b"hunter2", b"K-1", b"K-99", b"ada@example.com", b"before"):
        assert gone not in made.data
    assert made.total >= 2
    assert exports.hidden_text(made).startswith(f"{made.total} secrets are hidden: ")


def test_an_envelope_and_json_are_imported_as_files(begin: Begin, tmp_path: Path) -> None:
    running = begin("one")
    for name, body in (("shop.envelope", envelope(EVENT_ID, **SENT)), ("other.json", b'{"message": "boom"}')):
        (tmp_path / name).write_bytes(body)
        assert sending.send(running.settings, import_files.read(tmp_path / name), name).ok
    with running.engine.database.reading() as connection:
        found = {issue.project: issue.title for issue in issues.page(connection, IssueFilter())}
    assert found == {"shop": "KeyError: 'card'", "other": "boom"}
    assert source(running).detail.event.tags["imported"] == "true"


def test_a_report_of_several_events_says_that_all_go(begin: Begin) -> None:
    running = begin("one")
    post(running, "/shop", json.dumps([{"event_id": EVENT_ID, "message": "a"}, {"message": "b"}]).encode())
    with running.engine.database.reading() as connection:
        found = exports.read(connection, 1)
    assert found is not None
    assert exports.made(found, RAW, Preferences()).notes == ("The report brought 2 events; all of them go.",)
    assert exports.made(found, HTML, Preferences()).notes == ()


def test_a_refusal_is_a_sentence(begin: Begin) -> None:
    running = begin("one")
    result = sending.post(running.url, b"nonsense", "a.txt")
    assert not result.ok
    assert result.message.startswith("a.txt was not imported: ")
    assert post(running, "/arecibo/import", json.dumps({}).encode()) == 400


def test_what_is_hidden_in_words() -> None:
    assert exports.hidden_text(Export(b"", "a", {})) == "No secrets were found in what goes."
    assert exports.hidden_text(Export(b"", "a", {"locals": 1})) == "1 secret is hidden: 1 in locals."
    assert "Nobody" in exports.hidden_text(Export(b"", "a", {}, is_searched=False))
