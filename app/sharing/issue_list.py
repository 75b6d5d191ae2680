"""Many issues as text that leaves: titles, a Markdown list, JSON lines, and one HTML page that lists them.

Secrets are hidden as in what is copied of an event. The page shows the newest event of its first issues, too.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from app import detail, store
from app.model import Issue
from app.plain_text import compact_line, plural
from app.preferences import Preferences
from app.scrub import rules
from app.scrub.rules import Rules
from app.sharing import html_page, markdown, plain
from app.sharing.what_goes import outgoing

if TYPE_CHECKING:
    from app.store.database import Connection

TITLES, MARKDOWN, JSON, HTML = "titles", "markdown", "json", "html"
SUFFIXES = {".html": HTML, ".md": MARKDOWN, ".jsonl": JSON, ".txt": TITLES}
# What is copied is held in memory by other programs, too.
MOST_COPIED = 5_000
# Reading an event again takes a millisecond or more.
MOST_EVENTS = 1_000
LONGEST_EVENT = 20_000
_JSON_FIELDS = (
    "id", "project", "title", "type", "value", "culprit", "level", "state", "count", "users", "first_seen",
    "last_seen",
)  # fmt: skip
_TIME = "%Y-%m-%d %H:%M:%S"


def read(connection: "Connection", issue_ids: Sequence[int]) -> list[Issue]:
    """Those of these issues that are there, in no order."""
    return store.issues.some(connection, issue_ids)


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """As a list shows them: the newest activity first."""
    return sorted(issues, key=lambda issue: (issue.last_seen, issue.id), reverse=True)


def as_text(issues: Sequence[Issue], form: str, chosen: Preferences) -> str:
    """These issues, a line each, in the form `titles`, `markdown` or `json`."""
    in_force = rules.made(chosen.scrub_patterns)
    line: dict[str, Callable[[Issue, Rules], str]] = {
        TITLES: _title,
        MARKDOWN: _markdown,
        JSON: _json,
    }
    return "".join(f"{line[form](issue, in_force)}\n" for issue in issues)


def event_texts(connection: "Connection", issues: Sequence[Issue], chosen: Preferences) -> dict[int, str]:
    """The newest event of each of these issues as plain text, where there is one."""
    in_force = rules.made(chosen.scrub_patterns)
    texts = {}
    for issue in issues:
        number = store.events.newest(connection, issue.id)
        found = None if number is None else detail.read_event(connection, number)
        if found is not None:
            event = outgoing(found.event, in_force).event
            texts[issue.id] = plain.as_text(event, issue)[:LONGEST_EVENT]
    return texts


def as_page(issues: Sequence[Issue], texts: dict[int, str], chosen: Preferences) -> str:
    """One HTML page that lists these issues; `texts` are those of their events."""
    in_force = rules.made(chosen.scrub_patterns)
    title = plural(len(issues), "issue")
    parts = [*html_page.head(title), f"<header><h1>{title}</h1></header><main>"]
    for issue in issues:
        shown = html_page.escaped(_title(issue, in_force))
        about = html_page.escaped(_about(issue))
        if issue.id in texts:
            event = html_page.escaped(texts[issue.id])
            parts.append(
                f'<details><summary>{shown} <span class="muted">{about}</span></summary>'
                f"<pre>{event}</pre></details>"
            )
        else:
            parts.append(f'<p>{shown} <span class="muted">{about}</span></p>')
    if 0 < len(texts) < len(issues):
        parts.append(
            f'<p class="muted">The newest event of the first {plural(len(texts), "issue")} is shown.</p>'
        )
    parts += [
        '</main><footer><p class="muted">Exported by Arecibo, an error inbox.</p></footer></body></html>\n'
    ]
    return "\n".join(parts)


def _title(issue: Issue, in_force: Rules) -> str:
    return in_force.hide(compact_line(issue.title))


def _about(issue: Issue) -> str:
    facts = (compact_line(issue.project), str(issue.level), str(issue.state), f"{issue.count:,}×")
    return " · ".join((*facts, f"last seen {issue.last_seen:{_TIME}}"))


def _markdown(issue: Issue, in_force: Rules) -> str:
    return f"- {markdown.code(_title(issue, in_force))} · {_about(issue)} · issue {issue.id}"


def _json(issue: Issue, in_force: Rules) -> str:
    values = {name: getattr(issue, name) for name in _JSON_FIELDS}
    for name in ("title", "value", "culprit"):
        if values[name]:
            values[name] = in_force.hide(values[name])
    return msgspec.json.encode(values).decode()
