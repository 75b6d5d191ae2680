"""Threads: one line each, the crashed one open."""

from app.model import Frame, Thread
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import frame, make_detail, make_event
from ui.detail.sections.threads import ThreadsSection


def test_threads_show_the_crashed_one_open_when_there_is_no_exception(page: ReadPage) -> None:
    threads = (
        Thread(id="1", name="idle", frames=(frame("wait"),)),
        Thread(id="2", name="worker", crashed=True, frames=(frame("boom"),)),
        Thread(id="3"),
    )
    page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection)
    assert page.lines()[1] == "worker  2  crashed · 1 frame"
    assert any(line.startswith("boom") for line in page.lines())
    assert not any(line.startswith("wait") for line in page.lines())
    page.activate("idle")
    assert any(line.startswith("wait") for line in page.lines())


def test_frames_with_nothing_known_show_a_question_mark(page: ReadPage) -> None:
    threads = (Thread(frames=(Frame(),), crashed=True),)
    assert "?" in page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection).lines()
