"""The stack trace: an overview where there are several exceptions, and the frames of each."""

from functools import partial

from app.model import ExceptionInfo
from app.plain_text import one_line, plural
from ui.detail.page.heading import Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, MOST_LINES, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.stack import frame_order
from ui.detail.sections.stack.chain_row import ChainRow
from ui.detail.sections.stack.exception_chain import Link, lacks_members, mechanism_text, reading_order
from ui.detail.sections.stack.frame_row import searched
from ui.detail.sections.stack.frames import FrameList, missing_frames
from ui.detail.values import remarks
from ui.theme import UNIT

MOST_EXCEPTIONS = 8
MOST_IN_OVERVIEW = 12
MORE_AT_ONCE = 100
OPEN_AT_FIRST = 5
_VALUE_LINES = 3
_DEEPEST = 6
# How Sentry's clients are asked for the stack of a message that no exception came with.
_ATTACH = {
    "python": "attach_stacktrace=True",
    "php": "'attach_stacktrace' => true",
    "javascript": "attachStacktrace: true",
    "node": "attachStacktrace: true",
    "csharp": "options.AttachStacktrace = true",
    "java": "options.setAttachStacktrace(true)",
    "go": "AttachStacktrace: true",
    "cocoa": "options.attachStacktrace = true",
    "dart": "options.attachStacktrace = true",
    "native": "sentry_value_set_stacktrace()",
    "rust": "attach_stacktrace: true",
}


class StackTraceSection(Section):
    """Every exception of the event with its frames."""

    name = "Stack trace"
    jump = "Stack"

    def begin(self) -> None:
        self._frames: dict[int, FrameList] = {}
        self._slices: dict[int, int] = {}
        self._toggled: set[int] = set()
        self._listed = MOST_IN_OVERVIEW
        self._shown = MOST_EXCEPTIONS

    def rows(self) -> list[Row]:
        exceptions = self.event.exceptions
        if not exceptions:
            return self._without_any()
        links = reading_order(exceptions, newest_first=self.host.preferences.chosen.newest_first)
        rows: list[Row] = [self._heading()]
        if len(links) > 1:
            rows += self._overview(links)
        shown = links[: self._shown]
        for number, link in enumerate(shown):
            rows += self._exception(link, number, alone=len(links) == 1)
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
                    hint=True,
                )
            )
        return rows

    def _without_any(self) -> list[Row]:
        """What to do about a message without a stack, where its client could send one."""
        event = self.event
        option = _ATTACH.get(event.platform or "")
        is_sentrys = event.protocol.startswith("sentry.")
        if option is None or not is_sentrys or any(thread.frames for thread in event.threads):
            return []
        text = f"No stack trace came with this message. The client sends one with {option}."
        return [Heading(self.name), TextLine("none", [(text, Font.SMALL, "text_faint")])]

    def _heading(self) -> Heading:
        exceptions = self.event.exceptions
        frames = sum(len(exception.frames) for exception in exceptions)
        parts = [plural(len(exceptions), "exception")] if len(exceptions) > 1 else []
        if frames:
            parts.append(plural(frames, "frame"))
        if len(exceptions) == 1 and (text := mechanism_text(exceptions[0])):
            parts.append(text)
        has_library = any(not frame.in_app for exception in exceptions for frame in exception.frames)
        controls = frame_order.controls(self.host.preferences, has_library=has_library) if frames else []
        return Heading(self.name, " · ".join(parts), controls)

    def _overview(self, links: list[Link]) -> list[Row]:
        def show_more() -> None:
            self._listed += MORE_AT_ONCE
            self.host.rebuild(self)

        rows: list[Row] = []
        for number, link in enumerate(links[: self._listed]):
            exception = self.event.exceptions[link.index]
            rows.append(ChainRow(link, exception, partial(self._go_to, link.index, number)))
        if (left := len(links) - self._listed) > 0:
            text = f"{plural(left, 'more exception')} in this tree"
            rows.append(
                TextLine(
                    "overview", [(text, Font.SMALL, "accent")], activate=show_more, opened=False, hint=True
                )
            )
        return [*rows, Space("below overview", UNIT * 2)]

    def _go_to(self, index: int, number: int) -> None:
        """Open an exception, which is the `number`th to read, and go there."""
        if number >= self._shown:
            self._shown = number + 1
        if not self._is_open(index, number):
            self._toggled ^= {index}
        self.host.rebuild(self)
        self.host.reveal(self, ("type", index))

    def _show_more(self) -> None:
        self._shown += MOST_EXCEPTIONS
        self.host.rebuild(self)

    def _is_open(self, index: int, number: int) -> bool:
        return (number < OPEN_AT_FIRST) != (index in self._toggled)

    def _exception(self, link: Link, number: int, *, alone: bool) -> list[Row]:
        exception = self.event.exceptions[link.index]
        rows: list[Row] = []
        if not alone:
            opened = self._is_open(link.index, number)
            rows += self._title(link, exception, first=number == 0, opened=opened)
            if not opened:
                return rows
        rows += self._cut_value(link.index)
        if lacks_members(self.event.exceptions, link.index):
            text = "The members of this group did not come with the event."
            rows.append(TextLine(("members", link.index), [(text, Font.SMALL, "text_faint")]))
        if not exception.frames:
            return [*rows, self._no_frames(link.index)]
        frames = self._frames.get(link.index)
        if frames is None:
            frames = FrameList(
                self,
                _path(link.index),
                exception.frames,
                failed=True,
                leading=self._is_raised(link) or alone,
            )
            self._frames[link.index] = frames
        return rows + frames.rows()

    def _no_frames(self, index: int) -> TextLine:
        trimmed = remarks.at(self.event.trimmed, _path(index))
        text = "No stack trace came with this exception." if trimmed is None else missing_frames(trimmed, 0)
        return TextLine(("none", index), [(text, Font.SMALL, "text_faint")])

    def _is_raised(self, link: Link) -> bool:
        return link.index == len(self.event.exceptions) - 1

    def _title(self, link: Link, exception: ExceptionInfo, *, first: bool, opened: bool) -> list[Row]:
        def toggle() -> None:
            self._toggled ^= {link.index}
            self.host.rebuild(self)

        indent = min(link.depth, _DEEPEST) * INDENT
        rows: list[Row] = [] if first or not opened else [Space(("gap", link.index), UNIT * 2)]
        pieces = [(link.relation, Font.SMALL, "text_faint")] if link.relation else []
        pieces.append((one_line(exception.type or "Exception"), Font.STRONG, "text"))
        if not opened and exception.value:
            pieces.append((exception.value, Font.BODY, "text_muted"))
        elif (text := self._mechanism(link)) and opened:
            pieces.append((text, Font.SMALL, "text_faint"))
        rows.append(
            TextLine(
                ("type", link.index),
                pieces,
                indent=indent,
                activate=toggle,
                opened=opened,
                hidden=lambda: searched(exception.frames),
            )
        )
        if not opened:
            return rows
        if exception.value and not (first and self._is_raised(link)):  # the page's head shows it
            rows.append(self._value(link.index, exception.value, indent))
        return [*rows, Space(("under", link.index), UNIT // 2)]

    def _cut_value(self, index: int) -> list[Row]:
        """What the client did to the exception's message."""
        trimmed = remarks.at(self.event.trimmed, ("exceptions", str(index), "value"))
        if trimmed is None:
            return []
        text = f"The message was {remarks.in_words(trimmed)}."
        return [TextLine(("cut", index), [(text, Font.SMALL, "text_faint")])]

    def _mechanism(self, link: Link) -> str:
        """How it was caught; of the others only what differs from the raised one, as clients repeat it."""
        exceptions = self.event.exceptions
        text = mechanism_text(exceptions[link.index])
        return text if self._is_raised(link) or text != mechanism_text(exceptions[-1]) else ""

    def _value(self, index: int, value: str, indent: int) -> Paragraph:
        slices = self._slices.get(index, 0)

        def show() -> None:
            self._slices[index] = slices + 1
            self.host.rebuild(self)

        return Paragraph(
            ("value", index),
            value,
            colour="text_muted",
            indent=indent,
            most_lines=MOST_LINES if slices else _VALUE_LINES,
            slices=max(1, slices),
            more=show,
        )


def _path(index: int) -> tuple[str, ...]:
    return ("exceptions", str(index), "frames")
