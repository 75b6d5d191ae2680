"""What happened, in large type: the error, where, and when; then how often, to whom, and since when."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.model import Issue, IssueState
from app.plain_text import one_line
from app.protocols.event.headline import whereabouts
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import LONGEST_SHOWN, MOST_LINES, MenuEntry, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.requests import OpenLink
from ui.detail.sections.head.activity_bars import ActivityBars
from ui.detail.sections.head.header_rows import Badge, LevelRow, Number, NumbersRow
from ui.detail.sections.head.message import Message
from ui.issues.issue_text import is_alarming, state_text
from ui.theme import UNIT
from ui.wording import ago, local

if TYPE_CHECKING:  # it brings SQLAlchemy, which the window imports off the UI thread only
    from app.store.inbox.counts.activity import Activity
    from app.store.inbox.triage.releases import IssueReleases

_TITLE_LINES = 3
_COMMIT = re.compile("[0-9a-f]{40}")
_VALUE_LINES = 6
_NEW = timedelta(days=1)
_LONGEST_RELEASE = 40


class HeaderSection(Section):
    """The page's head. Long messages fold, and open with "more"."""

    name = "Header"

    def begin(self) -> None:
        self.issue = self.detail.issue
        self._releases = self.detail.known_releases
        self._activity = self.detail.activity
        self._whole = False
        self._told: tuple[object, ...] = ()

    def update(self, issue: Issue, releases: "IssueReleases", activity: "Activity | None") -> None:
        """The issue has changed."""
        self.issue, self._releases, self._activity = issue, releases, activity
        self.host.rebuild(self)

    def tick(self) -> None:
        """Time has passed: what the head says may be another time ago."""
        if self._told != self._tells():
            self.host.rebuild(self)

    def _tells(self) -> tuple[object, ...]:
        return self._facts_text(), self._numbers(), self._badges()

    def rows(self) -> list[Row]:
        self._told = self._tells()
        title, value = self._title_and_value()
        level = LevelRow("level", str(self.event.level), self._badges())
        rows: list[Row] = [
            Space("top", UNIT * 2),
            level,
            self._text("title", title, Font.TITLE, _TITLE_LINES),
        ]
        if value:
            rows.append(self._text("value", value, Font.BODY, _VALUE_LINES))
        if culprit := self.event.culprit or self.event.transaction:
            rows.append(Space("gap", UNIT // 2))
            menu = (MenuEntry("Copy culprit", lambda: self.host.copy(culprit, "Culprit")),)
            where = whereabouts(self.event) or culprit
            rows.append(Paragraph("culprit", where, Font.CODE, "text_muted", most_lines=2, menu=menu))
        rows.append(Space("gap 2", UNIT // 2))
        rows.append(self._facts())
        rows.append(Space("gap 3", UNIT))
        rows.append(self._numbers_row())
        return rows

    def _title_and_value(self) -> tuple[str, str]:
        exceptions = self.event.exceptions
        raised = exceptions[-1] if exceptions else None
        if raised is not None and raised.type:
            message = self.event.message
            value = raised.value or ""
            if message and not message.isspace() and message not in (value, self.event.title):
                value = f"{value}\n{message}" if value else message
            return raised.type, value
        text = (
            self.event.message
            or (raised.value if raised else None)
            or self.event.title
            or "An error without a message"
        )
        line_end = text.find("\n", 0, LONGEST_SHOWN)
        return (text, "") if line_end < 0 else (text[:line_end], text[line_end:].strip("\n"))

    def _badges(self) -> list[Badge]:
        issue, exceptions = self.issue, self.event.exceptions
        badges = []
        if issue.state is IssueState.OPEN and datetime.now(UTC) - issue.first_seen < _NEW:
            badges.append(Badge("new", "accent", f"First seen {local(issue.first_seen)}"))
        if state := state_text(issue):
            colour = "danger" if is_alarming(issue) else "text_muted"
            resolved = issue.state is IssueState.RESOLVED
            badges += [Badge(one_line(part), "success" if resolved else colour) for part in state.split(", ")]
        handled = (exceptions[-1].mechanism or {}).get("handled") if exceptions else None
        if handled is False:
            badges.append(Badge("unhandled", "danger", "The app did not catch it"))
        return badges

    def _text(self, key: str, text: str, font: Font, most_lines: int) -> Message:
        def show() -> None:
            self._whole = True
            self.host.rebuild(self)

        def open_link(url: str) -> None:
            self.host.request(OpenLink(url))

        menu = (MenuEntry("Copy message", lambda: self.host.copy(text, "Message")),)
        if self._whole:
            return Message(key, text, font, open_link, most_lines=MOST_LINES, menu=menu)
        return Message(key, text, font, open_link, most_lines=most_lines, more=show, menu=menu)

    def _facts_text(self) -> str:
        event = self.event
        when = f"{local(event.timestamp)} ({ago(event.timestamp)})"
        facts = [event.project, event.environment, _short_release(event.release), event.server_name, when]
        return "  ·  ".join(one_line(fact, 120) for fact in facts if fact)

    def _facts(self) -> Paragraph:
        menu: tuple[MenuEntry, ...] = ()
        if release := self.event.release:
            menu = (MenuEntry("Copy release", lambda: self.host.copy(release, "Release")),)
        return Paragraph("facts", self._facts_text(), Font.SMALL, "text_muted", most_lines=3, menu=menu)

    def _numbers_row(self) -> NumbersRow:
        issue = self.issue
        menu = (
            MenuEntry("Copy first seen", lambda: self.host.copy(local(issue.first_seen), "First seen")),
            MenuEntry("Copy last seen", lambda: self.host.copy(local(issue.last_seen), "Last seen")),
        )
        bars = None
        if self._activity is not None and sum(self._activity.counts) > 1:
            bars = ActivityBars(self._activity, lambda text: self.host.copy(text, "Events by time"))
        return NumbersRow("numbers", self._numbers(), bars, menu)

    def _numbers(self) -> list[Number]:
        issue = self.issue
        numbers = [Number("Events", f"{issue.count:,}")]
        if issue.users:
            numbers.append(Number("Users", f"{issue.users:,}"))
        if issue.count > 1:
            numbers.append(Number("First seen", ago(issue.first_seen), local(issue.first_seen)))
            numbers.append(Number("Last seen", ago(issue.last_seen), local(issue.last_seen)))
        return numbers + self._release_numbers()

    def _release_numbers(self) -> list[Number]:
        known = self._releases
        first, last = (None, None) if known is None else (known.first, known.last)
        if first is None or last is None or (first == last == self.event.release):
            return []
        if first == last:
            return [Number("Release", _release(first), first)]
        return [
            Number("Releases", f"{_release(first)} – {_without_package(first, last)}", f"{first} – {last}")
        ]


def _short_release(release: str | None) -> str | None:
    """A commit's hash is shortened to its first twelve digits; the menu copies it whole."""
    return release[:12] if release and _COMMIT.fullmatch(release) else release


def _release(release: str) -> str:
    return one_line(_short_release(release) or "", _LONGEST_RELEASE)


def _without_package(first: str, last: str) -> str:
    """The last release without the name of its package, where the first has the same: `shop@1.0 – 1.2`."""
    package, at, version = last.rpartition("@")
    return _release(version if at and first.startswith(package + at) else last)
