"""Applies the lifecycle to a batch's issues: reads what it depends on, and returns what happened.

Most issues need no reading. The events of this hour are read only for issues that may exceed their usual
rate, and the usual rate only for those with many events in this hour.
"""

from collections.abc import Collection, Iterable, Mapping

from app.digest.filing import lifecycle
from app.digest.filing.lifecycle import Arrival, ContentOf, Hour, IsOlder, Milestone
from app.digest.filing.occurrence import IssueChange
from app.happenings import Happening, Kind
from app.model import IssueState
from app.store.database import Connection
from app.store.inbox.counts import rates
from app.store.inbox.counts.rates import HOUR, LEAST, Rate
from app.store.inbox.issues import fixes
from app.store.inbox.issues.fixes import Build, Content, Question
from app.store.inbox.issues.issue_rows import IssueStatus
from app.store.inbox.triage import history, releases

# A younger issue has no usual number of events.
KNOWN_HOURS = 3


def advance(connection: Connection, changes: Collection[IssueChange]) -> tuple[Happening, ...]:
    """Set `after` of each change, and record releases that are new; returns what happened, issue by issue.

    What git has to be asked about is written down as a question.
    """
    _record_releases(connection, changes)
    hours = _hours(connection, changes)
    is_older = _orders(connection, changes)
    contents = _contents(connection, changes)
    happenings, questions = [], []
    for change in changes:
        arrivals = [Arrival(each.report.received_at, each.entry.release) for each in change.arrivals]
        order = is_older.get(change.project_id, _never)
        content_of = _content_of(change.project_id, contents)
        result = lifecycle.advance(change.before, arrivals, hours.get(change.id, {}), order, content_of)
        change.after = result.after
        happenings += [_happening(change, milestone) for milestone in result.milestones]
        questions += [_question(change, nth) for nth in result.doubts]
    fixes.ask(connection, questions)
    return _without_repeats(connection, happenings)


def _without_repeats(connection: Connection, happenings: list[Happening]) -> tuple[Happening, ...]:
    """Leave out event counts that are recorded already: undoing a merge makes an issue reach one again."""
    counted = {each.issue_id for each in happenings if each.kind is Kind.COUNT}
    if not counted:
        return tuple(happenings)
    recorded = history.recorded_counts(connection, counted)
    return tuple(
        each
        for each in happenings
        if each.kind is not Kind.COUNT or (each.issue_id, each.count) not in recorded
    )


def _happening(change: IssueChange, milestone: Milestone) -> Happening:
    occurrence = change.arrivals[milestone.nth]
    entry = occurrence.entry
    return Happening(
        kind=milestone.kind,
        issue_id=change.id,
        project=entry.project,
        event_id=entry.event_id,
        at=occurrence.report.received_at,
        count=(change.before.count if change.before else 0) + milestone.nth + 1,
        level=entry.level,
        title=entry.title,
        culprit=entry.culprit,
        environment=entry.environment,
        release=entry.release,
        is_muted=milestone.is_muted,
        reason=milestone.reason,
    )


def _question(change: IssueChange, nth: int) -> Question:
    happening = _happening(change, Milestone(nth, Kind.REGRESSED, is_muted=False))
    return Question(
        issue_id=change.id,
        release=happening.release or "",
        project_id=change.project_id,
        hash=change.after.resolved_commit or "",
        happening=happening,
    )


def _contents(connection: Connection, changes: Iterable[IssueChange]) -> Mapping[Build, Content]:
    """What is known of the builds that events of issues resolved at a commit came from."""
    builds = {
        (change.project_id, change.after.resolved_commit, each.entry.release)
        for change in changes
        if change.after.state is IssueState.RESOLVED and change.after.resolved_commit is not None
        for each in change.arrivals
        if each.entry.release
    }
    return fixes.contents(connection, builds)


def _content_of(project_id: int, contents: Mapping[Build, Content]) -> ContentOf:
    return lambda commit, release: contents.get((project_id, commit, release))


def _record_releases(connection: Connection, changes: Iterable[IssueChange]) -> None:
    seen: dict[tuple[int, str], int] = {}
    for change in changes:
        for occurrence in change.arrivals:
            if release := occurrence.entry.release:
                at = occurrence.report.received_at
                place = (change.project_id, release)
                seen[place] = min(at, seen.get(place, at))
    releases.record(connection, seen)


def _orders(connection: Connection, changes: Iterable[IssueChange]) -> Mapping[int, IsOlder]:
    """The order of the releases of each project that has an issue resolved in a release."""
    names_by_project: dict[int, set[str]] = {}
    for change in changes:
        if change.after.state is IssueState.RESOLVED and change.after.resolved_in is not None:
            names = names_by_project.setdefault(change.project_id, {change.after.resolved_in})
            names.add(change.after.resolved_in)
            names.update(each.entry.release for each in change.arrivals if each.entry.release)
    first_seen = releases.appeared(connection, names_by_project)
    return {project_id: _order(first_seen.get(project_id, {})) for project_id in names_by_project}


def _order(first_seen: Mapping[str, int]) -> IsOlder:
    return lambda release, than: releases.came_before(release, than, first_seen)


def _never(_release: str, _than: str) -> bool:
    return False


def _hours(connection: Connection, changes: Iterable[IssueChange]) -> dict[int, dict[int, Hour]]:
    """The hours in which issues may escalate, by issue."""
    arrived: dict[tuple[int, int], int] = {}
    usual: dict[int, int] = {}
    for change in changes:
        if change.before is None or change.before.count + len(change.arrivals) <= LEAST:
            continue
        for occurrence in change.arrivals:
            hour = occurrence.report.received_at // HOUR
            if _may_escalate(change.before, change.first_seen, hour):
                arrived[change.id, hour] = arrived.get((change.id, hour), 0) + 1
        usual[change.id] = change.before.mute_rule.usual if change.before.mute_rule else 0
    if not arrived:
        return {}
    counts = rates.in_hours(connection, {place[0] for place in arrived}, {place[1] for place in arrived})
    many = [place for place, more in arrived.items() if counts.get(place, 0) + more > LEAST]
    found: dict[int, dict[int, Hour]] = {}
    for hour in {place[1] for place in many}:
        issue_ids = [place[0] for place in many if place[1] == hour]
        past = rates.before(connection, issue_ids, hour)
        for issue_id in issue_ids:
            rate = past.get(issue_id, Rate())
            ceiling = rate.ceiling(usual[issue_id])
            seen = Hour(counts.get((issue_id, hour), 0), ceiling, max(rate.mean, usual[issue_id]))
            found.setdefault(issue_id, {})[hour] = seen
    return found


def _may_escalate(before: IssueStatus, first_seen: int, hour: int) -> bool:
    if before.mute_rule is not None and before.mute_rule.escalating:
        return True
    has_escalated = before.escalated_at is not None and before.escalated_at // HOUR == hour
    return hour - first_seen // HOUR >= KNOWN_HOURS and not has_escalated
