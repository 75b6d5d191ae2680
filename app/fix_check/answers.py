"""Answers what the digest could not know: whether the build that an event came from has a fix in it.

A job of the engine asks git, once for each release, in the repository in which a person resolved the issue.
What follows is decided by `lifecycle`, as if the digest had known it when the event came.
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Event

from msgspec.structs import replace

from app.digest.filing import lifecycle
from app.digest.filing.lifecycle import Arrival
from app.git import builds, repository
from app.git.command import GitError, Stopped
from app.git.repository import Repository
from app.happenings import Happening, Kind
from app.model import IssueState
from app.notifications import outbox
from app.store.database import Connection, Database
from app.store.inbox.issues import fixes, issue_rows
from app.store.inbox.issues.fixes import Build, Content, Question
from app.store.inbox.triage import history, releases


def next_due(connection: Connection) -> int | None:
    """0 while there are questions, and None otherwise."""
    return 0 if fixes.is_asked(connection) else None


def answer(database: Database, now: int) -> int | None:
    """Answer the questions there are; the revision if an issue has come back by that.

    `now`, in microseconds, only decides when notices are due.
    """
    with database.reading() as connection:
        asked = fixes.questions(connection)
        if not asked:
            return None
        places = fixes.repositories(connection, asked)
        known = fixes.contents(connection, {_build(each) for each in asked})
    for question in asked:
        build = _build(question)
        if build not in known:
            known[build] = content(places.get(build[:2]), question.hash, question.release)
    with database.writing() as connection:
        # As they are now: a person may have acted meanwhile.
        asked = [each for each in fixes.questions(connection) if _build(each) in known]
        fixes.add_builds(connection, {_build(each): known[_build(each)] for each in asked})
        happenings = _come_back(connection, asked, known)
        fixes.answered(connection, asked)
        history.record(connection, happenings)
        outbox.enter(connection, happenings, now)
        if not happenings:
            return None
        return fixes.come_back(connection, [each.issue_id for each in happenings])


def content(folder: str | None, commit: str, release: str, stop: Event | None = None) -> Content:
    """Whether the build that a release names has the commit in it; `UNKNOWN` where git cannot say."""
    if folder is None:
        return Content.UNKNOWN
    try:
        return content_in(repository.find(Path(folder), stop), commit, release, stop)
    except Stopped:
        raise
    except GitError:
        # The folder is gone, or git is: then the issue is as one that was resolved without a commit.
        return Content.UNKNOWN


def content_in(where: Repository, commit: str, release: str, stop: Event | None = None) -> Content:
    """The same in a repository that was found. Raises `GitError`."""
    build = builds.commit_of(where, release, stop)
    has = None if build is None else builds.has_commit(where, build, commit, stop)
    if has is None:
        return Content.UNKNOWN
    return Content.HAS if has else Content.LACKS


def _build(question: Question) -> Build:
    return question.project_id, question.hash, question.release


def _come_back(
    connection: Connection, asked: Sequence[Question], known: dict[Build, Content]
) -> list[Happening]:
    """The issues that have come back, by the first event that says so."""
    issues = issue_rows.read(connection, {each.issue_id for each in asked})
    found: dict[int, Happening] = {}
    for question in sorted(asked, key=lambda each: each.happening.at):
        issue = issues.get(question.issue_id)
        if issue is None or issue.status.resolved_commit != question.hash or question.issue_id in found:
            continue
        names = {name for name in (issue.status.resolved_in, question.release) if name}
        seen = releases.appeared(connection, {question.project_id: names}).get(question.project_id, {})
        result = lifecycle.advance(
            issue.status,
            [Arrival(question.happening.at, question.release)],
            {},
            lambda release, than, seen=seen: releases.came_before(release, than, seen),  # type: ignore[misc]
            lambda commit, release, question=question: known.get(  # type: ignore[misc]
                (question.project_id, commit, release)
            ),
        )
        if result.after.state is IssueState.REGRESSED:
            (end,) = (each for each in result.milestones if each.kind is Kind.REGRESSED)
            found[question.issue_id] = replace(question.happening, reason=end.reason)
    return list(found.values())
