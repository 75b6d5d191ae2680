"""The stack trace: the exceptions of the chain, and the frames of each."""

from app.model import ExceptionInfo
from app.plain_text import one_line, plural
from ui.detail.page.rows import INDENT, Control, Heading, Paragraph, Row, Space, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.exception_chain import Link, mechanism_text, reading_order
from ui.detail.sections.frames import FrameList
from ui.theme import UNIT

MOST_EXCEPTIONS = 8
_VALUE_LINES = 3
_DEEPEST = 6


class StackTraceSection(Section):
    """Every exception of the event with its frames."""

    name = "Stack trace"
    jump = "Stack"

    def begin(self) -> None:
        self._frames: dict[int, FrameList] = {}
        self._whole_values: set[int] = set()
        self._shown = MOST_EXCEPTIONS

    def rows(self) -> list[Row]:
        exceptions = self.event.exceptions
        if not exceptions:
            return []
        links = reading_order(exceptions, newest_first=self.host.preferences.chosen.newest_first)
        rows: list[Row] = [self._heading()]
        shown = links[: self._shown]
        for number, link in enumerate(shown):
            rows += self._exception(link, first=number == 0, alone=len(links) == 1)
        if len(shown) < len(links):
            text = plural(len(links) - len(shown), "more exception")
            rest = [exceptions[link.index] for link in links[len(shown) :]]
            rows.append(
                TextLine(
                    "all",
                    [(text, Font.SMALL, "accent")],
                    activate=self._show_more,
                    opened=False,
                    hidden=lambda: "\n".join(f"{each.type} {each.value}" for each in rest),
                )
            )
        return rows

    def _heading(self) -> Heading:
        exceptions = self.event.exceptions
        preferences = self.host.preferences.chosen
        frames = sum(len(exception.frames) for exception in exceptions)
        parts = [plural(len(exceptions), "exception")] if len(exceptions) > 1 else []
        if frames:
            parts.append(plural(frames, "frame"))
        if len(exceptions) == 1 and (text := mechanism_text(exceptions[0])):
            parts.append(text)
        controls = []
        if frames:
            has_library = any(not frame.in_app for exception in exceptions for frame in exception.frames)
            if has_library:
                tooltip, on = "Show or hide the frames of libraries", preferences.only_in_app
                controls.append(Control("In-app only", self._flip_in_app, tooltip, on=on))
            label = "Newest first" if preferences.newest_first else "Oldest first"
            controls.append(Control(label, self._flip_order, "Turn the order of the frames around"))
        return Heading(self.name, " · ".join(parts), controls)

    def _flip_in_app(self) -> None:
        self.host.preferences.change(only_in_app=not self.host.preferences.chosen.only_in_app)

    def _flip_order(self) -> None:
        self.host.preferences.change(newest_first=not self.host.preferences.chosen.newest_first)

    def _show_more(self) -> None:
        self._shown += MOST_EXCEPTIONS
        self.host.rebuild(self)

    def _exception(self, link: Link, *, first: bool, alone: bool) -> list[Row]:
        exception = self.event.exceptions[link.index]
        rows: list[Row] = []
        if not alone:
            rows += self._title(link, exception, first=first)
        if not exception.frames:
            text = "No stack trace came with this exception."
            rows.append(TextLine(("none", link.index), [(text, Font.SMALL, "text_faint")]))
            return rows
        raised = self._is_raised(link)
        frames = self._frames.get(link.index)
        if frames is None:
            frames = FrameList(self, link.index, exception.frames, failed=True, leading=raised or alone)
            self._frames[link.index] = frames
        return rows + frames.rows()

    def _is_raised(self, link: Link) -> bool:
        return link.index == len(self.event.exceptions) - 1

    def _title(self, link: Link, exception: ExceptionInfo, *, first: bool) -> list[Row]:
        indent = min(max(0, link.depth - 1), _DEEPEST) * INDENT
        rows: list[Row] = [] if first else [Space(("gap", link.index), UNIT * 2)]
        pieces = [(link.relation, Font.SMALL, "text_faint")] if link.relation else []
        pieces.append((one_line(exception.type or "Exception"), Font.STRONG, "text"))
        if text := mechanism_text(exception):
            pieces.append((text, Font.SMALL, "text_faint"))
        rows.append(TextLine(("type", link.index), pieces, indent=indent))
        if exception.value and not (first and self._is_raised(link)):  # the page's head shows it
            rows.append(self._value(link.index, exception.value, indent))
        rows.append(Space(("under", link.index), UNIT // 2))
        return rows

    def _value(self, index: int, value: str, indent: int) -> Paragraph:
        def show() -> None:
            self._whole_values.add(index)
            self.host.rebuild(self)

        if index in self._whole_values:
            return Paragraph(("value", index), value, colour="text_muted", indent=indent)
        return Paragraph(
            ("value", index), value, colour="text_muted", indent=indent, most_lines=_VALUE_LINES, more=show
        )
