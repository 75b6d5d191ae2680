"""The threads of the process, the one that crashed first."""

from app.model import Thread
from app.plain_text import plural
from ui.detail.page.rows import Heading, Row, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.frames import FrameList

MOST_SHOWN = 200


class ThreadsSection(Section):
    """One line for each thread; it opens to its frames."""

    name = "Threads"
    jump = "Threads"

    def begin(self) -> None:
        self._frames: dict[int, FrameList] = {}
        self._toggled: set[int] = set()

    def rows(self) -> list[Row]:
        threads = self.event.threads
        if not threads:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(threads):,}")]
        order = sorted(range(len(threads)), key=lambda n: (not threads[n].crashed, not threads[n].current, n))
        for number in order[:MOST_SHOWN]:
            rows += self._thread(number, threads[number])
        if len(order) > MOST_SHOWN:
            text = f"{len(order) - MOST_SHOWN:,} more threads, in the raw report"
            rows.append(TextLine("rest", [(text, Font.SMALL, "text_faint")]))
        return rows

    def _thread(self, number: int, thread: Thread) -> list[Row]:
        alone = not self.event.exceptions and (thread.crashed or len(self.event.threads) == 1)
        opened = alone != (number in self._toggled)
        marks = [word for word, so in (("crashed", thread.crashed), ("current", thread.current)) if so]
        text = " · ".join([*marks, plural(len(thread.frames), "frame")])
        pieces = [(thread.name or f"Thread {thread.id or number}", Font.BODY, "text")]
        if thread.name and thread.id:
            pieces.append((thread.id, Font.SMALL, "text_faint"))
        pieces.append((text, Font.SMALL, "text_muted"))

        def toggle() -> None:
            self._toggled ^= {number}
            self.host.rebuild(self)

        has_frames = bool(thread.frames)
        line = TextLine(
            ("thread", number),
            pieces,
            activate=toggle if has_frames else None,
            opened=opened if has_frames else None,
        )
        if not opened or not has_frames:
            return [line]
        frames = self._frames.get(number)
        if frames is None:
            frames = FrameList(
                self, f"thread {number}", thread.frames, failed=thread.crashed, leading=thread.crashed
            )
            self._frames[number] = frames
        return [line, *frames.rows()]
