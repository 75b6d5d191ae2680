"""The threads of the process, the one that crashed first."""

from collections.abc import Sequence

from app.model import Thread
from app.plain_text import one_line, plural
from ui.detail.page.heading import Control, Heading
from ui.detail.page.rows import Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.stack import frame_order
from ui.detail.sections.stack.frame_row import searched
from ui.detail.sections.stack.frames import FrameList

MOST_SHOWN = 50
MORE_AT_ONCE = 200
FILTERED_FROM = 10
"""From so many threads on, they can be filtered by name."""


class ThreadsSection(Section):
    """One line for each thread; it opens to its frames."""

    name = "Threads"
    jump = "Threads"

    def begin(self) -> None:
        self._frames: dict[int, FrameList] = {}
        self._toggled: set[int] = set()
        self._shown = MOST_SHOWN
        self._needle = ""

    def rows(self) -> list[Row]:
        threads = self.event.threads
        if not threads:
            return []
        order = sorted(range(len(threads)), key=lambda n: (not threads[n].crashed, not threads[n].current, n))
        found = [number for number in order if self._needle.casefold() in self._full_name(number).casefold()]
        rows: list[Row] = [self._heading(len(found))]
        for number in found[: self._shown]:
            rows += self._thread(number, threads[number])
        if (left := len(found) - self._shown) > 0:
            text = plural(left, "more thread")
            rows.append(
                TextLine(
                    "rest", [(text, Font.SMALL, "accent")], activate=self._show_more, opened=False, hint=True
                )
            )
        if not found:
            text = f"No thread is called “{one_line(self._needle, 60)}”"
            rows.append(TextLine("rest", [(text, Font.SMALL, "text_faint")]))
        return rows

    def _heading(self, found: int) -> Heading:
        threads = self.event.threads
        controls = []
        if self._needle:
            label = f"“{one_line(self._needle, 30)}” ✕"
            controls.append(Control(label, lambda: self.filter(""), "Show all threads", on=True))
        elif len(threads) >= FILTERED_FROM:
            controls.append(Control("Filter", self._ask, "Find threads by name, id or state"))
        shown = [thread.frames for number, thread in enumerate(threads) if not self._stands_above(number)]
        if any(shown) and not any(exception.frames for exception in self.event.exceptions):
            # Else the choices stand at the stack trace above, and hold here as well.
            has_library = any(not frame.in_app for frames in shown for frame in frames)
            controls += frame_order.controls(self.host.preferences, has_library=has_library)
        count = f"{len(threads):,}" if found == len(threads) else f"{found:,} of {len(threads):,}"
        return Heading(self.name, count, controls)

    def _ask(self) -> None:
        self.host.enter_text("Filter threads", self._needle, self.filter)

    def filter(self, needle: str) -> None:
        """Show only the threads whose name, id or state contains `needle`."""
        self._needle = needle
        self._shown = MOST_SHOWN
        self.host.rebuild(self)

    def _show_more(self) -> None:
        self._shown += MORE_AT_ONCE
        self.host.rebuild(self)

    def _full_name(self, number: int) -> str:
        thread = self.event.threads[number]
        return " ".join((thread.name or f"Thread {thread.id or number}", thread.id or "", *_marks(thread)))

    def _stands_above(self, number: int) -> bool:
        """Whether these frames are an exception's, which the page has shown already."""
        thread = self.event.threads[number]
        if not (thread.crashed or thread.current):
            return False
        stacks = [exception.frames for exception in self.event.exceptions if exception.frames]
        if not stacks:
            return False
        return thread.frames in stacks if thread.frames else thread.crashed

    def _thread(self, number: int, thread: Thread) -> list[Row]:
        alone = not self.event.exceptions and (thread.crashed or len(self.event.threads) == 1)
        opened = alone != (number in self._toggled)
        above = self._stands_above(number)
        state = "its frames are in the stack trace above" if above else plural(len(thread.frames), "frame")
        pieces = [(thread.name or f"Thread {thread.id or number}", Font.BODY, "text")]
        if thread.name and thread.id:
            pieces.append((thread.id, Font.SMALL, "text_faint"))
        pieces.append((" · ".join([*_marks(thread), state]), Font.SMALL, "text_muted"))

        def toggle() -> None:
            self._toggled ^= {number}
            self.host.rebuild(self)

        opens = bool(thread.frames) and not above
        line = TextLine(
            ("thread", number),
            pieces,
            activate=toggle if opens else None,
            opened=opened if opens else None,
            dot="level_error" if thread.crashed else None,
            hidden=lambda: searched(thread.frames),
        )
        if not opened or not opens:
            return [line]
        frames = self._frames.get(number)
        if frames is None:
            frames = FrameList(
                self,
                ("threads", str(number), "frames"),
                thread.frames,
                failed=thread.crashed,
                leading=thread.crashed,
            )
            self._frames[number] = frames
        return [line, *frames.rows()]


def _marks(thread: Thread) -> Sequence[str]:
    return [word for word, so in (("crashed", thread.crashed), ("current", thread.current)) if so]
