"""Threads: one line each, the crashed one open."""

from app.model import Frame, Thread
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import frame, library_frame, make_detail, make_event
from ui.detail.sections.stack.threads import ThreadsSection


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


def test_the_crashed_threads_frames_are_not_shown_twice(page: ReadPage) -> None:
    event = make_event()
    threads = (
        Thread(id="1", name="main", crashed=True, frames=event.exceptions[-1].frames),
        Thread(id="2", name="worker", frames=(frame("wait"),)),
    )
    page.open(make_detail(make_event(threads=threads)), ThreadsSection)
    assert page.lines() == [
        "Threads  2",
        "main  1  crashed · its frames are in the stack trace above",
        "worker  2  1 frame",
    ]


def test_many_threads_are_filtered_by_name(page: ReadPage) -> None:
    threads = tuple(Thread(id=str(n), name=f"pool-{n}", frames=(frame("wait"),)) for n in range(250))
    page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection)
    assert "200 more threads" in page.lines()
    page.activate("Filter")
    page.type_text("POOL-24")
    assert page.lines()[0].startswith("Threads  11 of 250")
    assert len(page.lines()) == 12
    page.type_text("none")
    assert page.lines()[1] == "No thread is called “none”"
    page.activate("“none” ✕")
    page.activate("200 more threads")
    assert len(page.lines()) == 251


def test_the_choices_stand_at_the_threads_where_no_exception_has_them(page: ReadPage) -> None:
    threads = (Thread(name="main", crashed=True, frames=(frame("a"), library_frame(), frame("b"))),)
    page.open(make_detail(make_event(exceptions=(), threads=threads)), ThreadsSection)
    page.activate("Oldest first")
    starts = [line.split("  ")[0] for line in page.lines()]
    assert starts.index("a") < starts.index("b")
    page.activate("All frames")
    assert any(line.startswith("dispatch") for line in page.lines())
