"""Which notices the digest writes into the outbox, in its own transaction, for what happened to issues.

Every happening that a rule matches has its row for each channel, also when it is not sent by itself: then the
row's state says why (`NoticeState.COOLED`, `NoticeState.COUNTED`). So nothing is counted twice: a happening
that has its row is over, however often its batch is repeated, and a notice that counts others counts rows.

A rule's cap holds for each project, so that a burst of one does not silence another's first error. Many
projects together have a cap of their own, some times as large: a client can make up projects.

A notice that counts others is due at the end of the quiet hours; under a flood a minute after the cap was
reached, so that one knows, and then once an hour. It is earlier where it counts an issue that is new.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from app.happenings import Happening, Kind
from app.model import Level
from app.notifications import directory, notice_text
from app.notifications.directory import NamedRule
from app.notifications.rules import MINUTE, worst
from app.store.database import Connection
from app.store.inbox.issues import projects
from app.store.notices import channels, outbox
from app.store.notices.notice import MORE, QUIET, Notice, NoticeState
from app.store.notices.outbox import OutboxEntry

HOUR = 60 * MINUTE
# How often a notice that counts others is sent while it counts new issues.
NEWS_EVERY = 5 * MINUTE
# The cap of all projects together, as a multiple of the cap of each.
PROJECTS_AT_ONCE = 5
# A clock may be set back: a notice from the future does not count for the last hour.
TOLERATED = MINUTE
# A notice that counts others is sent up to an hour after it was made, and the next an hour after that.
SUMMARIES_LAST = 2 * HOUR + MINUTE

Target = tuple[int, int | None]  # (rule, channel)


class _NewNotice(Struct, frozen=True):
    """A happening that a channel is to be sent."""

    key: str
    rule: NamedRule
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
    news: list[_NewNotice] = []
    is_retried: bool = False


def enter(connection: Connection, happenings: Sequence[Happening], now: int) -> tuple[Notice, ...]:
    """Write the notices of `happenings`; returns those that are to be sent. `now` in microseconds."""
    wanted = _new_notices(connection, happenings) if happenings else []
    if not wanted:
        return ()
    cooldowns = (each.rule.rule.cooldown_minutes * MINUTE for each in wanted)
    recent = _RecentNotices(connection, max(SUMMARIES_LAST, *cooldowns), now)
    entries: list[OutboxEntry] = []
    notices = []
    for each in wanted:
        state = recent.judge(each)
        notice = _notice(each)
        entries.append(
            OutboxEntry(
                dedupe_key=each.key,
                rule_id=each.rule.id,
                notice=notice,
                state=state,
                project=each.happening.project,
            )
        )
        if state is NoticeState.WAITING:
            notices.append(notice)
    for summary in recent.summaries():
        text = notice_text.summary_title(summary.kind, summary.count)
        if summary.id is not None:
            outbox.update_summary(
                connection,
                summary.id,
                count=summary.count,
                title=text,
                level=summary.level,
                body=notice_text.summary_body([each.happening for each in summary.news], summary.body),
                due_at=summary.due_at,
            )
            continue
        rule, channel = summary.target
        notice = Notice(
            channel=channel,
            issue_id=None,
            kind=summary.kind,
            level=summary.level,
            title=text,
            body=notice_text.summary_body([each.happening for each in summary.news]),
            count=summary.count,
        )
        entries.append(
            OutboxEntry(
                dedupe_key=f"{summary.kind}:{summary.news[0].key}",
                rule_id=rule,
                notice=notice,
                state=NoticeState.WAITING,
                due_at=summary.due_at,
            )
        )
        notices.append(notice)
    outbox.add_missing(connection, entries, now)
    return tuple(notices)


def _new_notices(connection: Connection, happenings: Sequence[Happening]) -> list[_NewNotice]:
    """The notices still to be written: one for each happening and channel, by the first rule that matches."""
    rules = [_by_shown_names(connection, rule) for rule in directory.all_rules(connection) if rule.enabled]
    if rules:
        seen = projects.shown(connection, {each.project for each in happenings})
        happenings = [
            each if seen[each.project] == each.project else replace(each, project=seen[each.project])
            for each in happenings
        ]
    matched = [(each, rule) for each in happenings for rule in rules if rule.rule.matches(each)]
    if not matched:
        return []
    there: set[int | None] = {channel.id for channel in channels.listed(connection) if channel.enabled}
    there.add(None)
    found: dict[str, _NewNotice] = {}
    for each, rule in matched:
        for channel in rule.rule.targets():
            if channel in there:
                key = f"{each.kind}:{each.issue_id}:{each.event_id}:{each.count}:{_name(channel)}"
                found.setdefault(key, _NewNotice(key, rule, channel, each))
    over = outbox.known_keys(connection, found)
    return [each for key, each in found.items() if key not in over]


def _by_shown_names(connection: Connection, named: NamedRule) -> NamedRule:
    """The rule with the names that people see of its projects today."""
    if not named.rule.projects:
        return named
    seen = projects.shown(connection, named.rule.projects)
    names = tuple(seen[name] for name in named.rule.projects)
    return replace(named, rule=replace(named.rule, projects=names))


class _RecentNotices:
    """What was sent or is to be sent lately, from the store and in this batch."""

    def __init__(self, connection: Connection, reach: int, now: int) -> None:
        self._now = now
        self._last: dict[tuple[int | None, int | None], int] = {}
        # None for all projects together.
        self._in_hour: Counter[tuple[Target, str | None]] = Counter()
        self._last_summary: dict[Target, int] = {}
        self._pending: dict[tuple[str, Target], _Summary] = {}
        self._counted: list[_Summary] = []
        for row in outbox.recent(connection, now - reach):
            target = (row.rule_id, row.channel_id)
            if row.kind not in (MORE, QUIET):
                self._note(target, row.project, row.issue_id, row.created_at)
            elif row.state is NoticeState.WAITING:
                summary = _Summary(
                    row.id, row.kind, target, row.due_at or now, row.level, row.count, row.body
                )
                summary.is_retried = row.attempts > 0
                self._pending[row.kind, target] = summary
            if row.kind == MORE and row.state is not NoticeState.WAITING:
                sent = row.sent_at or row.created_at
                if sent <= now + TOLERATED:
                    self._last_summary[target] = max(sent, self._last_summary.get(target, 0))

    def judge(self, new: _NewNotice) -> NoticeState:
        """The state of a new notice: to be sent, or why not."""
        rule, channel, happening = new.rule.rule, new.channel, new.happening
        target = (new.rule.id, channel)
        last_notice = self._last.get((channel, happening.issue_id))
        if last_notice is not None and last_notice > self._now - rule.cooldown_minutes * MINUTE:
            return NoticeState.COOLED
        until = rule.quiet.until(self._now) if rule.quiet else None
        if until is not None:
            self._count(QUIET, target, until, new)
            return NoticeState.COUNTED
        mine, all_ = self._in_hour[target, happening.project], self._in_hour[target, None]
        if mine >= rule.most_per_hour or all_ >= PROJECTS_AT_ONCE * rule.most_per_hour:
            last = self._last_summary.get(target, 0)
            every = NEWS_EVERY if happening.kind is Kind.NEW else HOUR
            self._count(MORE, target, max(self._now + MINUTE, last + every), new)
            return NoticeState.COUNTED
        self._note(target, happening.project, happening.issue_id, self._now)
        return NoticeState.WAITING

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

    def _count(self, kind: str, target: Target, due_at: int, new: _NewNotice) -> None:
        level = new.happening.level
        summary = self._pending.get((kind, target))
        # The notice of an earlier night may still wait for its next try.
        if summary is None or (kind == QUIET and summary.due_at != due_at):
            summary = _Summary(None, kind, target, due_at, level)
            self._pending[kind, target] = summary
        if kind == MORE and not summary.is_retried:
            summary.due_at = min(summary.due_at, due_at)
        if not summary.news:
            self._counted.append(summary)
        summary.news.append(new)
        summary.count += 1
        summary.level = worst(summary.level, level)


def _notice(new: _NewNotice) -> Notice:
    happening = new.happening
    return Notice(
        channel=new.channel,
        issue_id=happening.issue_id,
        kind=happening.kind,
        level=happening.level,
        title=notice_text.title_of(happening),
        body=notice_text.body_of(happening),
        count=happening.count,
    )


def _name(channel: int | None) -> str:
    return "desktop" if channel is None else str(channel)
