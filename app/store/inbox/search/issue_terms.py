"""What a term of a search asks of an issue, as a condition on issues. It holds for all of its events."""

from sqlalchemy import ColumnElement, and_, false, func, select, true

from app.query import values
from app.query.fields import FIELDS, Kind
from app.query.syntax import Operator, Term
from app.query.values import Within
from app.store import schema as t
from app.store.inbox.indexes import event_times, run_events
from app.store.inbox.issues import projects
from app.store.inbox.issues.issue_record import OPEN_STATES

ESCALATING_MICROS = 6 * 3_600 * 1_000_000
"""So long after it has escalated an issue is said to be escalating."""

_ISSUES = t.issues.c
_NUMBERS = {"times": _ISSUES.count, "users": _ISSUES.users}
_TIMES = {"first": _ISSUES.first_seen, "last": _ISSUES.last_seen}
_ESCAPE = "\\"


def condition(term: Term, now: int) -> ColumnElement[bool] | None:
    """The condition on `issues`; None where the value is yet to be typed. `now` is in microseconds."""
    if not term.value:
        return None
    kind = FIELDS[term.key].kind
    if kind is Kind.STATE:
        return _state(values.state(term), now)
    if kind is Kind.PROJECT:
        return _project(term)
    if kind is Kind.NUMBER:
        return _within(_NUMBERS[term.key], values.number(term))
    if kind is Kind.RUN:
        return _run(term)
    times = values.moment(term, now)
    if term.key == "seen":
        return false() if times is None else event_times.within(times)
    return _within(_TIMES[term.key], times)


def _state(state: str | None, now: int) -> ColumnElement[bool]:
    is_open = _ISSUES.state.in_(OPEN_STATES)
    match state:
        case "unread":
            return _ISSUES.unread.is_(True)
        case "read":
            return _ISSUES.unread.is_(False)
        case "open":
            return is_open
        case "regressed" | "resolved" | "muted":
            return _ISSUES.state == state
        case "escalating":
            return and_(is_open, func.coalesce(_ISSUES.escalated_at, 0) > now - ESCALATING_MICROS)
        case "new":
            return _within(_ISSUES.first_seen, values.today(now))
        case "pinned" if "pinned" in _ISSUES:
            return _ISSUES["pinned"].is_(True)
        case _:
            return false()


def _run(term: Term) -> ColumnElement[bool]:
    run = t.runs.alias("run")
    match values.run(term):
        case int(number):
            chosen: ColumnElement[bool] = run.c.id == number
        case "last":
            chosen = run.c.id == select(func.max(t.runs.c.id)).scalar_subquery()
        case "current":
            chosen = and_(run.c.last_event.is_(None), run.c.ended_at.is_(None))
        case _:
            return false()
    return run_events.new_in_runs(chosen, run) if term.key == "newinrun" else run_events.in_runs(chosen, run)


def _project(term: Term) -> ColumnElement[bool]:
    """Projects are named as a whole, or begun; a wildcard stands for the rest of a name."""
    pieces = values.pieces(term)
    if term.operator not in (Operator.HAS, Operator.IS):
        return false()
    is_begun = len(pieces) == 1 and term.operator is Operator.HAS
    pattern = "%".join(map(_escaped, pieces)) + ("%" if is_begun else "")
    return _ISSUES.project_id.in_(projects.like(pattern, _ESCAPE))


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text


def _within(column: ColumnElement[int], within: Within | None) -> ColumnElement[bool]:
    if within is None:
        return false()
    ends = [column >= within.first] if within.first is not None else []
    if within.last is not None:
        ends.append(column <= within.last)
    return and_(true(), *ends)
