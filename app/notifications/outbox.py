"""What is to be told: written by the digest in its own transaction, sent by whoever it is for.

Every happening that a rule matches has its row for each channel, also when it is not told by itself: then
the row says why (`Standing.COOLED`, `Standing.COUNTED`). So nothing is counted twice: a happening that has
its row is over, however often its batch is repeated, and a notice that counts others counts rows.

A rule's cap holds for each project, so that a burst of one does not silence another's first error. Many
projects together have a cap of their own, some times as large: a client can make up projects.

A notice that counts others is due at the end of the quiet hours; under a flood a minute after the cap was
reached, so that one knows, and then once an hour. It is earlier where it counts an issue that is new.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, select, update

from app.happenings import Happening, Kind
from app.model import Level
from app.notifications import directory, words
from app.notifications.directory import KeptRule
from app.notifications.notice import MORE, QUIET, Notice, Standing
from app.notifications.rules import MINUTE, worst
from app.store import bulk
from app.store.schema import outbox

HOUR = 60 * MINUTE
# How often one that counts is sent while there are new issues in it.
NEWS_EVERY = 5 * MINUTE
# What all projects together may have, in times of what each may.
PROJECTS_AT_ONCE = 5
# Clocks are set: a notice from later than now says nothing of the last hour.
TOLERATED = MINUTE
# One that counts is sent up to an hour after it was made, and the next an hour after that.
SUMMARIES_LAST = 2 * HOUR + MINUTE
TOLD = (Standing.SENDING, Standing.SENT, Standing.UNSURE, Standing.FAILED, Standing.MISSED)

Target = tuple[int, int | None]  # (rule, channel)


class _Wanted(Struct, frozen=True):
    """A happening that a channel is to be told of."""

    key: str
    rule: KeptRule
    channel: int | None
    happening: Happening


class _Summary(Struct):
    """A notice that counts others, there already (`id`) or to be written."""

    id: int | None
    kind: str
    target: Target
    due_at: int
    level: Level
    count: int = 0
    body: str = ""
    news: list[_Wanted] = []
    is_retried: bool = False


def enter(connection: Connection, happenings: Sequence[Happening], now: int) -> tuple[Notice, ...]:
    """Write what is to be told of `happenings`; returns the notices that are new. `now` in microseconds."""
    wanted = _wanted(connection, happenings) if happenings else []
    if not wanted:
        return ()
    cooldowns = (each.rule.rule.cooldown_minutes * MINUTE for each in wanted)
    past = _Past(connection, max(SUMMARIES_LAST, *cooldowns), now)
    rows: list[bulk.Row] = []
    notices = []
    for each in wanted:
        standing = past.judge(each)
        notice = _notice(each)
        project = each.happening.project
        rows.append(_row(each.key, each.rule.id, notice, now, standing, project=project))
        if standing is Standing.WAITING:
            notices.append(notice)
    for summary in past.summaries():
        text = words.summary_title(summary.kind, summary.count)
        if summary.id is not None:
            body = words.summary_body([each.happening for each in summary.news], summary.body)
            values = {"count": summary.count, "title": text, "level": summary.level, "body": body}
            values["due_at"] = summary.due_at
            connection.execute(update(outbox).where(outbox.c.id == summary.id).values(values))
            continue
        rule, channel = summary.target
        notice = Notice(
            channel=channel,
            issue_id=None,
            kind=summary.kind,
            level=summary.level,
            title=text,
            body=words.summary_body([each.happening for each in summary.news]),
            count=summary.count,
        )
        key = f"{summary.kind}:{summary.news[0].key}"
        rows.append(_row(key, rule, notice, now, Standing.WAITING, due_at=summary.due_at))
        notices.append(notice)
    bulk.add_missing(connection, outbox, rows)
    return tuple(notices)


def _wanted(connection: Connection, happenings: Sequence[Happening]) -> list[_Wanted]:
    """What is to be told and has not been: once a channel, by the first rule that matches."""
    rules = [rule for rule in directory.all_rules(connection) if rule.enabled]
    matched = [(each, rule) for each in happenings for rule in rules if rule.rule.matches(each)]
    if not matched:
        return []
    there: set[int | None] = {channel.id for channel in directory.all_channels(connection) if channel.enabled}
    there.add(None)
    wanted: dict[str, _Wanted] = {}
    for each, rule in matched:
        for channel in rule.rule.targets():
            if channel in there:
                key = f"{each.kind}:{each.issue_id}:{each.event_id}:{each.count}:{_name(channel)}"
                wanted.setdefault(key, _Wanted(key, rule, channel, each))
    known = select(outbox.c.dedupe_key).where(outbox.c.dedupe_key.in_(wanted))
    over = set(connection.execute(known).scalars()) if wanted else set()
    return [each for key, each in wanted.items() if key not in over]


class _Past:
    """What has been told lately, from the store and in this batch."""

    def __init__(self, connection: Connection, reach: int, now: int) -> None:
        self._now = now
        self._last: dict[tuple[int | None, int | None], int] = {}
        # None for all projects together.
        self._in_hour: Counter[tuple[Target, str | None]] = Counter()
        self._last_summary: dict[Target, int] = {}
        self._pending: dict[tuple[str, Target], _Summary] = {}
        self._counted: list[_Summary] = []
        columns = outbox.c
        lately = columns.state.in_(TOLD) & (columns.created_at > now - reach)
        for row in connection.execute(
            select(
                *(columns.id, columns.rule_id, columns.channel_id, columns.issue_id, columns.kind),
                *(
                    columns.state,
                    columns.level,
                    columns.body,
                    columns.count.label("counted"),
                    columns.created_at,
                    columns.due_at,
                    columns.sent_at,
                    columns.attempts,
                    columns.project,
                ),
            ).where((columns.state == Standing.WAITING) | lately)
        ):
            target = (row.rule_id, row.channel_id)
            if row.kind not in (MORE, QUIET):
                self._note(target, row.project, row.issue_id, row.created_at)
            elif row.state == Standing.WAITING:
                level = Level(row.level)
                known = _Summary(row.id, row.kind, target, row.due_at, level, row.counted, row.body)
                known.is_retried = row.attempts > 0
                self._pending[row.kind, target] = known
            if row.kind == MORE and row.state != Standing.WAITING:
                told = row.sent_at or row.created_at
                if told <= now + TOLERATED:
                    self._last_summary[target] = max(told, self._last_summary.get(target, 0))

    def judge(self, wanted: _Wanted) -> Standing:
        """How a new notice stands: to be told, or why not."""
        rule, channel, happening = wanted.rule.rule, wanted.channel, wanted.happening
        target = (wanted.rule.id, channel)
        told = self._last.get((channel, happening.issue_id))
        if told is not None and told > self._now - rule.cooldown_minutes * MINUTE:
            return Standing.COOLED
        until = rule.quiet.until(self._now) if rule.quiet else None
        if until is not None:
            self._count(QUIET, target, until, wanted)
            return Standing.COUNTED
        mine, all_ = self._in_hour[target, happening.project], self._in_hour[target, None]
        if mine >= rule.most_per_hour or all_ >= PROJECTS_AT_ONCE * rule.most_per_hour:
            last = self._last_summary.get(target, 0)
            every = NEWS_EVERY if happening.kind is Kind.NEW else HOUR
            self._count(MORE, target, max(self._now + MINUTE, last + every), wanted)
            return Standing.COUNTED
        self._note(target, happening.project, happening.issue_id, self._now)
        return Standing.WAITING

    def summaries(self) -> Iterator[_Summary]:
        """The notices that count more than before."""
        yield from self._counted

    def _note(self, target: Target, project: str | None, issue_id: int | None, at: int) -> None:
        if at > self._now + TOLERATED:
            return
        place = (target[1], issue_id)
        self._last[place] = max(at, self._last.get(place, 0))
        if at > self._now - HOUR:
            self._in_hour.update({(target, project), (target, None)})

    def _count(self, kind: str, target: Target, due_at: int, wanted: _Wanted) -> None:
        level = wanted.happening.level
        summary = self._pending.get((kind, target))
        # One of an earlier night may still wait for its next try.
        if summary is None or (kind == QUIET and summary.due_at != due_at):
            summary = _Summary(None, kind, target, due_at, level)
            self._pending[kind, target] = summary
        if kind == MORE and not summary.is_retried:
            summary.due_at = min(summary.due_at, due_at)
        if not summary.news:
            self._counted.append(summary)
        summary.news.append(wanted)
        summary.count += 1
        summary.level = worst(summary.level, level)


def _notice(wanted: _Wanted) -> Notice:
    happening = wanted.happening
    return Notice(
        channel=wanted.channel,
        issue_id=happening.issue_id,
        kind=happening.kind,
        level=happening.level,
        title=words.title_of(happening),
        body=words.body_of(happening),
        count=happening.count,
    )


def _row(
    key: str,
    rule: int,
    notice: Notice,
    now: int,
    standing: Standing,
    *,
    due_at: int | None = None,
    project: str | None = None,
) -> bulk.Row:
    """The columns of `outbox` in their order. One that waits is due at once, or at `due_at`."""
    due = (due_at or now) if standing is Standing.WAITING else None
    about = (notice.channel, notice.issue_id, notice.kind, standing, notice.level, notice.title, notice.body)
    return (None, key, rule, *about, notice.count, now, due, 0, None, None, project)


def _name(channel: int | None) -> str:
    return "desktop" if channel is None else str(channel)
