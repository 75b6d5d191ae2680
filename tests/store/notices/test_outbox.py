"""The rows of the outbox, from one state to the next."""

from app.model import Level, from_micros
from app.store.notices import channels, due_notices, notice_list, outbox
from app.store.notices.due_notices import FRESH_ELSEWHERE, FRESH_ON_DESKTOP, RETRY_PAUSES, SECOND
from app.store.notices.notice import MORE, QUIET, Notice, NoticeState
from app.store.notices.outbox import INTERRUPTED, NOBODY_LOOKED, TOO_LATE, OutboxEntry
from tests.factories import NOON, Store


def entry(
    key: str,
    channel: int | None = None,
    state: NoticeState = NoticeState.WAITING,
    kind: str = "new",
    due_at: int | None = None,
) -> OutboxEntry:
    notice = Notice(
        channel=channel, issue_id=1, kind=kind, level=Level.ERROR, title=f"title {key}", body="body", count=3
    )
    return OutboxEntry(dedupe_key=key, rule_id=1, notice=notice, state=state, due_at=due_at, project="shop")


def states(store: Store) -> list[tuple[NoticeState, str | None]]:
    return [(each.state, each.error) for each in reversed(store.read(notice_list.listed))]


def test_an_entry_of_a_known_key_is_not_written(store: Store) -> None:
    store.write(outbox.add_missing, [entry("a"), entry("b")], NOON)
    store.write(outbox.add_missing, [entry("b"), entry("c")], NOON)
    assert [each.title for each in store.read(notice_list.listed)] == ["title c", "title b", "title a"]
    assert store.read(outbox.known_keys, ["a", "x"]) == {"a"}
    assert store.read(outbox.known_keys, []) == set()


def test_recent_are_those_that_wait_and_those_that_had_their_turn_since(store: Store) -> None:
    entries = [entry(state, state=state) for state in NoticeState]
    store.write(outbox.add_missing, entries, NOON)
    with store.database.reading() as connection:
        lately = {row.state for row in outbox.recent(connection, NOON - 1)}
        (waiting,) = outbox.recent(connection, NOON)
    assert lately == set(NoticeState) - {NoticeState.COOLED, NoticeState.COUNTED}
    assert (waiting.state, waiting.due_at, waiting.count, waiting.project) == (
        NoticeState.WAITING,
        NOON,
        3,
        "shop",
    )


def test_a_try_is_marked_before_it_and_with_its_outcome(store: Store) -> None:
    hook = store.write(channels.add, "hook", "json://host")
    store.write(outbox.add_missing, [entry("a", hook.id), entry("b", hook.id)], NOON)
    assert store.read(due_notices.channels_due, NOON) == [hook.id]
    first = store.read(due_notices.next_for_channel, hook.id, NOON)
    assert first is not None
    store.write(outbox.mark_sending, first.id, 1)
    assert states(store)[0] == (NoticeState.SENDING, None)
    store.write(
        outbox.record_outcome, first.id, state=NoticeState.FAILED, due_at=None, error="no", sent_at=None
    )
    store.write(outbox.postpone, hook.id, NOON + RETRY_PAUSES[0])
    assert states(store) == [(NoticeState.FAILED, "no"), (NoticeState.WAITING, None)]
    assert store.read(due_notices.next_due, NOON) == NOON + RETRY_PAUSES[0]


def test_a_summary_is_given_new_values(store: Store) -> None:
    store.write(outbox.add_missing, [entry("a", kind=MORE)], NOON)
    (before,) = store.read(notice_list.listed)
    values = {"count": 9, "title": "9 notices", "level": Level.FATAL, "body": "more", "due_at": NOON + 1}
    store.write(outbox.update_summary, before.id, **values)
    (after,) = store.read(notice_list.listed)
    assert (after.count, after.title, after.level, after.body) == (9, "9 notices", Level.FATAL, "more")


def test_interrupted_unseen_and_late_notices_expire(store: Store) -> None:
    hook = store.write(channels.add, "hook", "json://host")
    store.write(outbox.add_missing, [entry("a"), entry("b", hook.id), entry("c", hook.id)], NOON)
    store.write(outbox.mark_sending, 3, 1)
    assert not store.read(outbox.has_expired, NOON + FRESH_ON_DESKTOP, [3])
    assert store.read(outbox.has_expired, NOON, [])
    store.write(outbox.expire, NOON + FRESH_ON_DESKTOP + 1, [3])
    assert states(store) == [
        (NoticeState.MISSED, NOBODY_LOOKED),
        (NoticeState.WAITING, None),
        (NoticeState.SENDING, None),
    ]
    store.write(outbox.expire, NOON + FRESH_ELSEWHERE + 1, [])
    assert states(store)[1:] == [(NoticeState.MISSED, TOO_LATE), (NoticeState.UNSURE, INTERRUPTED)]


def test_after_a_clock_jump_only_quiet_hours_end_by_the_clock(store: Store) -> None:
    hook = store.write(channels.add, "hook", "json://host")
    entries = [entry("a", hook.id), entry("b", hook.id, kind=QUIET)]
    store.write(outbox.add_missing, entries, NOON)
    store.write(outbox.shift_after_clock_jump, 60.0, NOON + 100 * SECOND)
    assert [each.due_at for each in reversed(store.read(notice_list.listed))] == [
        from_micros(NOON + 60 * SECOND),
        from_micros(NOON),
    ]


def test_old_notices_are_deleted(store: Store) -> None:
    store.write(outbox.add_missing, [entry("a")], NOON)
    store.write(outbox.add_missing, [entry("b")], NOON + 1)
    store.write(outbox.forget_older, NOON + 1)
    assert [each.title for each in store.read(notice_list.listed)] == ["title b"]
