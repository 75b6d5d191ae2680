"""Issues in lists: the newest activity first, as JSON lines in a fence."""

from typing import Annotated, Literal

from msgspec import Meta

from app import store
from app.assistants import outside
from app.assistants.call import Call, Refused
from app.assistants.project_names import unknown_project
from app.assistants.tool import Bounded, Name, Search
from app.model import Issue
from app.plain_text import one_line, plural
from app.query import parser, problems
from app.sharing import issue_list

VIEWS = Literal[
    "inbox", "unread", "new_today", "regressed", "escalating", "pinned", "muted", "resolved", "everything"
]
_AROUND = 40

Limit = Annotated[int, Meta(ge=1, le=200, description="How many issues at most.")]


class ListIssues(Bounded, kw_only=True):
    """Which list, and how much of it."""

    view: Annotated[VIEWS, Meta(description="A list of the window's sidebar; inbox: what is open.")] = "inbox"
    project: Annotated[Name, Meta(description="Only of this project.")] = ""
    limit: Limit = 20


class SearchIssues(Bounded, kw_only=True):
    """A search, and how much of what it finds."""

    query: Annotated[
        Search,
        Meta(
            description="Words are found anywhere in an event; `key:value` narrows: is:open, level:error, "
            "project:shop, release:1.2, env:production, user:ada, type:KeyError, file:cart.py, function:pay, "
            'message:"not found", url:*/cart/*, tag.region:eu, times:>10, first:<1d, last:<10m, seen:today. '
            "- negates, `or` and parentheses join, * is any text. Of a mistake the answer says what is wrong."
        ),
    ]
    limit: Limit = 20


def list_issues(call: Call, given: ListIssues) -> str:
    """The issues of a list."""
    with call.reading() as connection:
        wanted = store.issue_filter.IssueFilter(
            store.issue_filter.View(given.view), project=given.project or None
        )
        found = store.issues.page(connection, wanted, limit=given.limit + 1)
        position = store.events.last(connection)
        unknown = unknown_project(connection, given.project) if given.project and not found else ""
    what = "" if given.view == "everything" else f" in the list “{given.view}”"
    return call.without_engine() + _listed(call, found, given, what, unknown) + position_line(position)


def search_issues(call: Call, given: SearchIssues) -> str:
    """The issues that a search finds, of all lists."""
    said = query_problems(given.query)
    with call.reading() as connection:
        wanted = store.issue_filter.IssueFilter(store.issue_filter.View.EVERYTHING, text=given.query)
        found = store.issues.page(connection, wanted, limit=given.limit + 1)
        position = store.events.last(connection)
    return call.without_engine() + said + _listed(call, found, given, " found", "") + position_line(position)


def query_problems(query: str) -> str:
    """What is doubtful in a search, as a paragraph. Raises `Refused` for one that can find nothing."""
    parsed = parser.parse(query)
    said = " ".join(
        f"At {outside.code(one_line(query[problem.start : problem.end], _AROUND))}: {problem.sentence}"
        for problem in parsed.problems
    )
    if problems.is_hopeless(parsed.root):
        raise Refused(f"This search can find nothing. {said}")
    return f"About the search: {said}\n\n" if said else ""


def position_line(position: int) -> str:
    """The newest event's place in the order of arrival, for who goes on waiting from there."""
    return f"\nPosition {position}: what wait_for_error and verify_issue take as after, to miss nothing.\n"


def issue_lines(call: Call, issues: list[Issue]) -> list[str]:
    """Issues as JSON, one a line, without secrets."""
    return issue_list.as_text(issues, issue_list.JSON, call.chosen).splitlines()


def _listed(call: Call, found: list[Issue], given: ListIssues | SearchIssues, what: str, unknown: str) -> str:
    if not found:
        return unknown or f"There is none{what}.\n"
    shown = found[: given.limit]
    more = " There are more: narrow the search, or raise limit." if len(found) > given.limit else ""
    head = f"{plural(len(shown), 'issue')}{what}, the newest activity first.{more}\n\n{outside.WARNING}\n\n"
    return head + outside.lines_within(issue_lines(call, shown), given.budget - len(head) - 600)
