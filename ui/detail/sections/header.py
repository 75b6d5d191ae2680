"""What happened, in large type: the error, where, and when; then how often and to whom."""

import re

from app.plain_text import one_line, plural
from ui.detail.page.rows import LONGEST_SHOWN, MenuEntry, Paragraph, Row, Space, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.issues.issue_text import is_alarming, state_text
from ui.theme import UNIT
from ui.wording import ago, local

_TITLE_LINES = 3
_COMMIT = re.compile("[0-9a-f]{40}")
_VALUE_LINES = 6


class HeaderSection(Section):
    """The page's head. Long messages fold, and open with "more"."""

    name = "Header"

    def begin(self) -> None:
        self.issue = self.detail.issue
        self._whole = False

    def rows(self) -> list[Row]:
        title, value = self._title_and_value()
        rows: list[Row] = [Space("top", UNIT * 2), self._level()]
        rows.append(self._text("title", title, Font.TITLE, _TITLE_LINES))
        if value:
            rows.append(self._text("value", value, Font.BODY, _VALUE_LINES))
        if culprit := self.event.culprit or self.event.transaction:
            rows.append(Space("gap", UNIT // 2))
            menu = (MenuEntry("Copy culprit", lambda: self.host.copy(culprit, "Culprit")),)
            rows.append(Paragraph("culprit", culprit, Font.CODE, "text_muted", most_lines=2, menu=menu))
        rows.append(Space("gap 2", UNIT))
        rows.append(self._facts())
        rows.append(Paragraph("counts", self._counts(), Font.SMALL, "text_muted", most_lines=3))
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

    def _level(self) -> TextLine:
        level = str(self.event.level)
        pieces = [(level, Font.SMALL, "text_muted")]
        if state := state_text(self.issue):
            colour = "level_error" if is_alarming(self.issue) else "text_muted"
            pieces.append((f"· {state}", Font.SMALL, colour))
        return TextLine("level", pieces, dot=f"level_{level}")

    def _text(self, key: str, text: str, font: Font, most_lines: int) -> Paragraph:
        def show() -> None:
            self._whole = True
            self.host.rebuild(self)

        menu = (MenuEntry("Copy message", lambda: self.host.copy(text, "Message")),)
        if self._whole:
            return Paragraph(key, text, font, menu=menu)
        return Paragraph(key, text, font, most_lines=most_lines, more=show, menu=menu)

    def _facts(self) -> Paragraph:
        event = self.event
        when = f"{local(event.timestamp)} ({ago(event.timestamp)})"
        facts = [event.project, event.environment, _short_release(event.release), event.server_name, when]
        text = "  ·  ".join(one_line(fact, 120) for fact in facts if fact)
        menu: tuple[MenuEntry, ...] = ()
        if release := event.release:
            menu = (MenuEntry("Copy release", lambda: self.host.copy(release, "Release")),)
        return Paragraph("facts", text, Font.SMALL, "text_muted", most_lines=3, menu=menu)

    def _counts(self) -> str:
        issue = self.issue
        counts = [plural(issue.count, "event")]
        if issue.users:
            counts.append(plural(issue.users, "user"))
        if issue.count > 1:
            counts.append(f"first seen {ago(issue.first_seen)}")
            counts.append(f"last {ago(issue.last_seen)}")
        return "  ·  ".join(counts)


def _short_release(release: str | None) -> str | None:
    """A commit's hash is shortened to its first twelve digits; the menu copies it whole."""
    return release[:12] if release and _COMMIT.fullmatch(release) else release
