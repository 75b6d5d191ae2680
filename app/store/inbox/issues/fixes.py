"""Commits that issues are resolved at, and which builds have them in them.

An event of such an issue brings it back when the build that it came from has the commit in it. Git says that,
once for each release: of those that are known when the issue is resolved, then; of others, when the first
event of theirs has come (`fix_check/answers.py`). Until then the event waits here as a question.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, select, update

from app.happenings import Happening
from app.model import IssueState
from app.store import bulk, sqlite
from app.store import schema as t
from app.store.prepared import Prepared
from app.store.revision import bump


class Content(StrEnum):
    """Whether a build has a commit in it; `UNKNOWN`: git was asked, and cannot say."""

    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "unknown"


class Fix(Struct, frozen=True, kw_only=True):
    """A commit that fixes something, where its repository is, and what is known of builds, by release."""

    hash: str
    subject: str
    repository: str
    builds: dict[str, Content] = {}


class Question(Struct, frozen=True, kw_only=True):
    """Whether the build `release` has the commit `hash`: then the issue has come back, by `happening`."""

    issue_id: int
    release: str
    project_id: int
    hash: str
    happening: Happening


# A release's build of a project, and the commit that it is asked about: project, commit, release.
Build = tuple[int, str, str]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Happening).decode


def record(connection: Connection, project_ids: Collection[int], fix: Fix) -> None:
    """Remember the commit, its repository, and what is known of builds, for these projects."""
    places = {"subject": "excluded.subject", "repository": "excluded.repository"}
    rows = [(project_id, fix.hash, fix.subject, fix.repository) for project_id in project_ids]
    bulk.merge(connection, t.fix_commits, rows, places)
    add_builds(
        connection,
        {
            (project_id, fix.hash, release): content
            for project_id in project_ids
            for release, content in fix.builds.items()
        },
    )


def add_builds(connection: Connection, builds: Mapping[Build, Content]) -> None:
    """Remember what git said of these builds."""
    rows = [(*build, str(content)) for build, content in builds.items()]
    bulk.merge(connection, t.fix_builds, rows, {"content": "excluded.content"})


def contents(connection: Connection, builds: Collection[Build]) -> dict[Build, Content]:
    """What is known of these builds."""
    if not builds:
        return {}
    columns = t.fix_builds.c
    projects, hashes, names = ({build[part] for build in builds} for part in range(3))
    rows = connection.execute(
        select(*columns).where(
            columns.project_id.in_(projects), columns.hash.in_(hashes), columns.release.in_(names)
        )
    )
    found = {(row.project_id, row.hash, row.release): Content(row.content) for row in rows}
    return {build: found[build] for build in builds if build in found}


def ask(connection: Connection, questions: Sequence[Question]) -> None:
    """Have these questions answered. The first event of a release stays the one that asks."""
    rows = [
        (each.issue_id, each.release, each.project_id, each.hash, _encode(each.happening).decode())
        for each in questions
    ]
    bulk.add_missing(connection, t.fix_questions, rows)


def questions(connection: Connection, *, limit: int = 100) -> list[Question]:
    """Those that are not answered yet."""
    return [
        Question(
            issue_id=row.issue_id,
            release=row.release,
            project_id=row.project_id,
            hash=row.hash,
            happening=_decode(row.happening),
        )
        for row in connection.execute(select(*t.fix_questions.c).limit(limit))
    ]


def is_asked(connection: Connection) -> bool:
    """Whether there are questions."""
    return _FIRST.first(connection) is not None


def repositories(connection: Connection, asked: Collection[Question]) -> dict[tuple[int, str], str]:
    """The folders of the repositories, by project and commit."""
    columns = t.fix_commits.c
    rows = connection.execute(
        select(columns.project_id, columns.hash, columns.repository).where(
            columns.project_id.in_({each.project_id for each in asked}),
            columns.hash.in_({each.hash for each in asked}),
        )
    )
    return {(row.project_id, row.hash): row.repository for row in rows}


def answered(connection: Connection, asked: Sequence[Question]) -> None:
    """Remove questions that have their answer."""
    bulk.remove(connection, t.fix_questions, [(each.issue_id, each.release) for each in asked])


def withdraw(connection: Connection, issue_ids: Collection[int]) -> None:
    """Remove the questions about issues that a person has acted on, or that are gone."""
    _WITHDRAW.run(connection, issues=sqlite.values_of(issue_ids))


def come_back(connection: Connection, issue_ids: Collection[int]) -> int:
    """Open these issues as regressed; returns the revision."""
    revision = bump(connection)
    connection.execute(
        update(t.issues)
        .where(t.issues.c.id.in_(issue_ids))
        .values(
            state=IssueState.REGRESSED,
            unread=True,
            resolved_in=None,
            resolved_commit=None,
            revision=revision,
        )
    )
    return revision


_FIRST = Prepared(select(t.fix_questions.c.issue_id).limit(1))
_WITHDRAW = Prepared(delete(t.fix_questions).where(sqlite.among(t.fix_questions.c.issue_id, "issues")))
