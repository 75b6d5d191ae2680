"""Filing: what comes beside events, and what events are counted by."""

from app.digest.entries import entries
from app.digest.filing import filing
from app.digest.filing.filing import Outcome
from app.model import AttachmentInfo, Feedback, UserAgent
from app.protocols.delivery import Attachment, Delivery, UserFeedback
from app.store.inbox.counts import recent_counts
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.queue import report_queue
from tests.factories import NOON, Store, append, make_event, make_report


def deliver(store: Store, number: int, delivery: Delivery) -> Outcome:
    report = make_report(number)
    append(store.database, report)
    with store.database.writing() as connection:
        outcome = filing.file(connection, [entries.of(report, delivery)], NOON)
        report_queue.advance(connection, number)
    return outcome


def table(store: Store, sql: str) -> list[tuple[object, ...]]:
    store.write(recent_counts.settle_all)
    with store.database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def test_files_and_feedback_find_their_event_whichever_comes_first(store: Store) -> None:
    event = make_event()
    info = AttachmentInfo(filename="screen.png", content_type="image/png", size=3)
    said = Feedback(name="Ada", email="ada@example.com", comments="It broke.")
    deliver(store, 1, Delivery(attachments=(Attachment(event.event_id, info, b"\0\n{"),)))
    deliver(store, 2, Delivery(events=(event,)))
    deliver(store, 3, Delivery(feedback=(UserFeedback(event.event_id, said),)))
    pk = store.read(events.find, event.event_id)
    filed = store.read(events.filed, pk)
    assert filed is not None
    assert store.read(events.attachments, filed) == [info]
    assert store.read(events.feedback, filed) == [said]


def test_delivering_twice_counts_once(store: Store) -> None:
    event = make_event(user={"id": 1}, tags={"region": "eu"})
    first = deliver(store, 1, Delivery(events=(event, event)))
    second = deliver(store, 2, Delivery(events=(event,)))
    assert (len(first.filed), len(second.filed), second.revision) == (1, 0, None)
    (issue,) = store.read(issues.page, IssueFilter())
    assert (issue.count, issue.users) == (1, 1)
    assert table(store, "SELECT sum(count) FROM issue_hours") == [(1,)]
    assert table(store, "SELECT count FROM issue_tags WHERE key = 'region'") == [(1,)]


def test_tags_users_and_hours_add_up(store: Store) -> None:
    agent = UserAgent(raw="x", browser="Firefox", os="Linux", kind="desktop")
    hour = filing.HOUR
    store.file(
        make_event(environment="test", user={"email": "ada@example.com"}, user_agent=agent),
        make_event(environment="test", user={"email": "ada@example.com"}),
        at=NOON,
    )
    store.file(make_event(environment="live", user={"username": "bob"}), at=NOON + hour)
    assert table(
        store, "SELECT key, value, count FROM issue_tags WHERE key != 'user' ORDER BY key, value"
    ) == [
        ("browser", "Firefox", 1),
        ("environment", "live", 1),
        ("environment", "test", 2),
        ("os", "Linux", 1),
    ]
    assert table(store, "SELECT hour, count FROM issue_hours ORDER BY hour") == [
        (NOON // hour, 2),
        (NOON // hour + 1, 1),
    ]
    (issue,) = store.read(issues.page, IssueFilter())
    assert issue.users == 2


def test_the_same_key_in_two_projects_is_two_issues(store: Store) -> None:
    store.file(make_event(), project="shop")
    store.file(make_event(), project="blog")
    assert {issue.project for issue in store.read(issues.page, IssueFilter())} == {"shop", "blog"}


def test_a_flood_of_tags_and_text_is_cut(store: Store) -> None:
    tags = {f"key{n}" + "k" * 100: "v" * 1_000 for n in range(500)}
    store.file(make_event(value="w" * 100_000, tags=tags))
    assert table(store, "SELECT count(*), max(length(key)), max(length(value)) FROM issue_tags") == [
        (100, 64, 200)
    ]
    assert table(store, "SELECT length(words) FROM event_search") == [(2_000,)]
