"""One error is one event, however printed, hooked and sent reports of it arrive."""

import itertools
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from app.detail import read_event
from app.digest.filing import same_error
from app.digest.pipeline import Digest
from app.model import Event, Report
from app.protocols.printed import Printed, PrintedBefore
from app.settings import Settings
from app.store.database import Database
from app.store.inbox.counts import recent_counts
from app.store.inbox.events import printed_errors, removal
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issue_filter import IssueFilter, View
from app.store.inbox.search import search_gaps
from app.store.queue import queue_overview
from tests.factories import NOON, SECOND, append, envelope, make_report

EVERYTHING = IssueFilter(View.EVERYTHING)
RUN, OTHER_RUN = "3f9c0a12b7de", "77aa00bb11cc"
WITHIN = same_error.WITHIN

TRACE = """Traceback (most recent call last):
  File "/srv/shop/pay.py", line 7, in <module>
    pay(order)
  File "/srv/shop/pay.py", line {line}, in pay
    raise {type}("{message}")
{type}: {message}"""


def exception(
    type_: str = "ValueError", message: str = "no card", line: int = 2, *, handled: bool = False
) -> dict[str, Any]:
    frames = [
        {"filename": "pay.py", "abs_path": "/srv/shop/pay.py", "function": "<module>", "lineno": 7},
        {
            "filename": "pay.py",
            "abs_path": "/srv/shop/pay.py",
            "function": "pay",
            "lineno": line,
            "context_line": "    raise it",
            "vars": {"order": "7"},
        },
    ]
    return {
        "values": [
            {
                "type": type_,
                "value": message,
                "mechanism": {"type": "x", "handled": handled},
                "stacktrace": {"frames": frames},
            }
        ]
    }


class Arrivals:
    """A store with a digest, and reports of all three kinds."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        self.database = database
        self._numbers = itertools.count(1)
        self._settings = Settings(data_dir=tmp_path)

    def printed(
        self, *, at: int = NOON, run: str | None = RUN, project: str = "shop", event_id: str = "", **how: Any
    ) -> Report:
        text = TRACE.format(**{"type": "ValueError", "message": "no card", "line": 2} | how)
        return self.report(
            Printed(
                event_id=event_id or uuid.uuid4().hex,
                project=project,
                text=text,
                at=at / SECOND,
                run_key=run,
                before=(PrintedBefore("listening"), PrintedBefore("paying")),
                command=("python", "pay.py"),
            ),
            at,
        )

    def hooked(self, *, at: int = NOON, happened: int | None = None, run: str = RUN, **how: Any) -> Report:
        moment = (at if happened is None else happened) / SECOND
        event = {"platform": "python", "timestamp": moment, "exception": exception(**how)}
        given: dict[str, Any] = {"event_id": uuid.uuid4().hex, "project": "shop", "text": "", "at": moment}
        return self.report(Printed(**given, run_key=run, hooked=event, command=("python", "pay.py")), at)

    def ended(self, *, at: int = NOON, run: str = RUN) -> Report:
        given: dict[str, Any] = {"event_id": uuid.uuid4().hex, "project": "shop", "text": "sorry"}
        return self.report(
            Printed(**given, at=at / SECOND, run_key=run, exit_code=1, command=("python",)), at
        )

    def sent(
        self, *, at: int = NOON, run: str | None = RUN, project: str = "shop", more: Any = None, **how: Any
    ) -> Report:
        event_id = uuid.uuid4().hex
        path = f"/run-{run}/api/1/envelope/" if run else "/api/1/envelope/"
        return make_report(
            next(self._numbers),
            project=project,
            at=at,
            event_id=event_id,
            head=f"POST {path} HTTP/1.1\r\nhost: localhost".encode(),
            body=envelope(event_id, timestamp=at / SECOND, exception=exception(**how), **(more or {})),
        )

    def report(self, printed: Printed, at: int) -> Report:
        return make_report(
            next(self._numbers),
            project=printed.project,
            at=at,
            protocol="printed",
            event_id=printed.event_id,
            head=b"POST /arecibo/printed HTTP/1.1",
            body=msgspec.json.encode(printed),
        )

    def file(self, *reports: Report) -> None:
        """Digest reports, together."""
        append(self.database, *reports)
        Digest(self.database, self._settings).run()

    def arrive(self, reports: Sequence[Report], *, together: bool) -> None:
        # Numbers are in the order of arrival.
        numbered = [replace(each, id=number) for number, each in enumerate(reports, 1)]
        for batch in [numbered] if together else [[each] for each in numbered]:
            self.file(*batch)

    def events(self) -> list[Event]:
        """All events, whole, the oldest first."""
        with self.database.reading() as connection:
            numbers = [row[0] for row in connection.exec_driver_sql("SELECT id FROM events")]
            details = [read_event(connection, number) for number in sorted(numbers)]
        return [detail.event for detail in details if detail is not None]

    def check(self) -> None:
        """Hold the counts to what is stored."""
        with self.database.writing() as connection:
            status = queue_overview.status(connection)
            assert (status.pending, status.dead) == (0, 0)
            listed = issues.page(connection, EVERYTHING)
            assert sum(issue.count for issue in listed) == status.events == len(self.events())
            recent_counts.settle_all(connection)
            hours = connection.exec_driver_sql("SELECT coalesce(sum(count), 0) FROM issue_hours").scalar()
            assert hours == status.events
            found = connection.exec_driver_sql("SELECT count(*) FROM event_search").scalar()
            assert found == status.events
            unused = (
                "SELECT count(*) FROM reports WHERE id NOT IN (SELECT report_id FROM events)"
                " AND id NOT IN (SELECT report_id FROM setbacks)"
            )
            assert connection.exec_driver_sql(unused).scalar() == 0


@pytest.fixture
def arrivals(database: Database, tmp_path: Path) -> Arrivals:
    return Arrivals(database, tmp_path)


ORDERS = list(itertools.permutations(("printed", "hooked", "sent")))


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
@pytest.mark.parametrize(
    "order",
    [*ORDERS, *itertools.permutations(("printed", "sent")), *itertools.permutations(("printed", "hooked"))],
    ids=" ".join,
)
def test_one_error_is_one_event(order: tuple[str, ...], together: bool, arrivals: Arrivals) -> None:
    arrivals.arrive(
        [getattr(arrivals, kind)(at=NOON + n * SECOND) for n, kind in enumerate(order)], together=together
    )
    (event,) = arrivals.events()
    richest = "sent" if "sent" in order else "hooked"
    assert event.protocol == ("sentry.envelope" if richest == "sent" else "printed")
    assert event.exceptions[-1].frames[-1].vars == {"order": "7"}
    assert [crumb.message for crumb in event.breadcrumbs] == ["listening", "paying"]
    assert event.contexts["run"] == {"command": "python pay.py"}
    arrivals.check()


@pytest.mark.parametrize("together", [True, False])
def test_what_the_client_sent_stays(together: bool, arrivals: Arrivals) -> None:
    more = {
        "breadcrumbs": [{"message": "its own"}],
        "contexts": {"run": {"command": "its"}},
        "release": "1.2",
    }
    arrivals.arrive([arrivals.printed(), arrivals.sent(more=more)], together=together)
    (event,) = arrivals.events()
    assert [crumb.message for crumb in event.breadcrumbs] == ["its own"]
    assert (event.contexts["run"], event.release) == ({"command": "its"}, "1.2")
    arrivals.check()


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    "order",
    sorted(set(itertools.permutations(("printed", "printed", "sent", "sent")))),
    ids=" ".join,
)
def test_an_error_that_came_twice_is_two(order: tuple[str, ...], together: bool, arrivals: Arrivals) -> None:
    arrivals.arrive([getattr(arrivals, kind)() for kind in order], together=together)
    assert [event.protocol for event in arrivals.events()] == ["sentry.envelope"] * 2
    arrivals.check()


def test_each_report_stands_for_one(arrivals: Arrivals) -> None:
    arrivals.file(arrivals.printed(), arrivals.printed(), arrivals.sent())
    assert sorted(event.protocol for event in arrivals.events()) == ["printed", "sentry.envelope"]
    arrivals.check()


DIFFERENT: dict[str, dict[str, Any]] = {
    "another type": {"type_": "KeyError"},
    "another message": {"message": "no money"},
    "another place": {"line": 3},
    "another run": {"run": OTHER_RUN},
    "another project": {"project": "stock"},
    "much later": {"at": NOON + 2 * WITHIN},
}


@pytest.mark.parametrize("first", ["printed", "sent"])
@pytest.mark.parametrize("different", DIFFERENT)
def test_two_errors_are_two_events(different: str, first: str, arrivals: Arrivals) -> None:
    pair = [arrivals.printed(), arrivals.sent(**DIFFERENT[different])]
    if first == "sent":
        if different == "much later":
            pair = [arrivals.sent(), arrivals.printed(at=NOON + 2 * WITHIN)]
        else:
            pair.reverse()
    arrivals.arrive(pair, together=False)
    assert len(arrivals.events()) == 2
    arrivals.check()


def test_a_client_with_a_dsn_of_its_own_is_known_by_its_project(arrivals: Arrivals) -> None:
    arrivals.arrive([arrivals.sent(run=None), arrivals.printed(at=NOON + SECOND)], together=False)
    assert len(arrivals.events()) == 1


def test_a_log_of_yesterday_is_of_another_error(arrivals: Arrivals) -> None:
    log = arrivals.printed(run=None, at=NOON - 86_400 * SECOND)
    arrivals.arrive([arrivals.sent(run=None), replace(log, received_at=NOON)], together=False)
    assert len(arrivals.events()) == 2


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("first", [0, 1])
def test_the_end_of_a_program_that_a_client_explained_is_no_event(
    first: int, together: bool, arrivals: Arrivals
) -> None:
    pair = [arrivals.ended(), arrivals.sent()]
    arrivals.arrive(pair[first:] + pair[:first], together=together)
    (event,) = arrivals.events()
    assert event.title == "ValueError: no card"
    arrivals.check()


def test_an_error_that_was_caught_does_not_explain_the_end(arrivals: Arrivals) -> None:
    arrivals.file(arrivals.sent(handled=True), arrivals.ended())
    assert len(arrivals.events()) == 2
    later = NOON + 2 * WITHIN
    arrivals.file(arrivals.ended(run=OTHER_RUN, at=later), arrivals.sent(at=later))
    assert len(arrivals.events()) == 4


def test_a_hook_that_notices_late_is_found_by_when_it_happened(arrivals: Arrivals) -> None:
    arrivals.file(arrivals.printed())
    arrivals.file(arrivals.hooked(at=NOON + 600 * SECOND, happened=NOON + SECOND))
    (event,) = arrivals.events()
    assert event.exceptions[-1].frames[-1].vars == {"order": "7"}
    arrivals.check()


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
@pytest.mark.parametrize("together", [True, False])
def test_what_is_delivered_twice_counts_once(
    order: tuple[str, ...], together: bool, arrivals: Arrivals
) -> None:
    reports = [getattr(arrivals, kind)() for kind in order]
    arrivals.arrive([*reports, *reports[::-1]], together=together)
    assert len(arrivals.events()) == 1
    arrivals.check()


def test_a_replaced_event_keeps_its_number_and_its_issue(arrivals: Arrivals) -> None:
    report = arrivals.printed()
    arrivals.file(report)
    with arrivals.database.reading() as connection:
        before = events.find(connection, report.event_id)
        (issue,) = issues.page(connection, EVERYTHING)
    user = {"user": {"id": "ada"}, "tags": {"region": "eu"}, "release": "1.2", "level": "fatal"}
    sent = arrivals.sent(more=user, at=NOON + SECOND)
    arrivals.file(sent)
    with arrivals.database.reading() as connection:
        assert events.find(connection, sent.event_id) == before
        # Scripts may have been given the first one's.
        assert events.find(connection, report.event_id) == before
        (after,) = issues.page(connection, EVERYTHING)
        gap = search_gaps.find(connection)
        assert gap is not None
        assert before is not None
        assert gap.first <= before <= gap.last
    assert (after.id, after.count, after.users, after.level) == (issue.id, 1, 1, "fatal")
    with arrivals.database.writing() as connection:
        recent_counts.settle_all(connection)
        rows = connection.exec_driver_sql("SELECT key, value, count FROM issue_tags ORDER BY key, value")
        assert [tuple(row) for row in rows] == [
            ("region", "eu", 1),
            ("release", "1.2", 1),
            ("user", "ada", 1),
        ]


@pytest.mark.parametrize("first", [0, 1])
def test_the_next_one_without_a_client_is_of_the_same_issue(first: int, arrivals: Arrivals) -> None:
    pair = [arrivals.printed(message="one"), arrivals.sent(message="one", more={"fingerprint": ["mine"]})]
    arrivals.arrive(pair[first:] + pair[:first], together=False)
    arrivals.file(replace(arrivals.printed(message="two", at=NOON + 60 * SECOND), id=3))
    with arrivals.database.reading() as connection:
        assert [issue.count for issue in issues.page(connection, EVERYTHING)] == [2]


def test_an_event_that_was_deleted_meanwhile_is_not_replaced(arrivals: Arrivals) -> None:
    arrivals.file(arrivals.printed(), arrivals.printed(message="another"))
    with arrivals.database.writing() as connection:
        removal.remove_events(connection, [1])
    arrivals.file(arrivals.sent())
    assert [event.title for event in arrivals.events()] == ["ValueError: another", "ValueError: no card"]


def test_ordinary_reports_are_not_recorded(arrivals: Arrivals) -> None:
    arrivals.file(arrivals.sent(), arrivals.sent(run=None))
    with arrivals.database.reading() as connection:
        assert printed_errors.alone_since(connection, 0) == []
