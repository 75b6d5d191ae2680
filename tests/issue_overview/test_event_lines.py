"""The table of an issue's events: pages of lines with the chosen columns."""

from app.issue_overview import event_lines
from tests.factories import Store
from tests.issue_overview.conftest import Send


def test_columns_have_the_events_values(store: Store, send: Send) -> None:
    send(release="1.2", user={"email": "ada@example.com"}, tags={"region": "eu"})
    send()
    columns = ("message", "release", "user", "tag.region", "no such column")
    newest, oldest = store.read(event_lines.page, 1, columns)
    assert oldest.values == ("'card'", "1.2", "ada@example.com", "eu", "")
    assert newest.values == ("'card'", "", "", "", "")
    assert {"release", "tag.region"} <= oldest.columns
    assert "release" not in newest.columns


def test_pages_go_on_below_the_last_line(store: Store, send: Send) -> None:
    for _number in range(5):
        send()
    pages: list[list[int]] = []
    before = None
    while lines := store.read(event_lines.page, 1, ("message",), before=before, limit=2):
        pages.append([line.pk for line in lines])
        before = lines[-1].pk
    assert pages == [[5, 4], [3, 2], [1]]


def test_every_built_in_column_reads_every_event(store: Store, send: Send) -> None:
    send(exception=None, message="only a message")
    (line,) = store.read(event_lines.page, 1, tuple(event_lines.COLUMNS))
    assert dict(zip(event_lines.COLUMNS, line.values, strict=True))["message"] == "only a message"
