"""The frames of an event whose files are here."""

from pathlib import Path

from msgspec.structs import replace

from app.git import frames
from app.model import ExceptionInfo, Frame, Thread
from app.preferences import Preferences
from tests.factories import make_event


def _files(folder: Path, *names: str) -> list[Frame]:
    for name in names:
        (folder / name).write_text("1\n")
    return [Frame(abs_path=str(folder / name), line=1) for name in names]


def test_the_failing_frame_comes_first_and_each_line_once(tmp_path: Path) -> None:
    main, cart, cause = _files(tmp_path, "main.py", "cart.py", "cause.py")
    library = Frame(abs_path=main.abs_path, line=9, in_app=False)
    event = make_event(
        exceptions=(
            ExceptionInfo(type="A", frames=(main, cause)),
            ExceptionInfo(type="B", frames=(main, replace(cart, line=7), cart, cart, library)),
        )
    )
    found = frames.of_event(event, Preferences(source_roots=(str(tmp_path),)))
    assert [each.place for each in found.frames] == ["cart.py:1", "cart.py:7", "main.py:1", "cause.py:1"]
    assert [each.place for each in found.files()] == ["cart.py:1", "main.py:1", "cause.py:1"]


def test_those_in_no_confirmed_folder_are_named_only(tmp_path: Path) -> None:
    (cart,) = _files(tmp_path, "cart.py")
    found = frames.of_event(make_event(exceptions=(ExceptionInfo(frames=(cart,)),)), Preferences())
    assert found == frames.FrameFiles(unconfirmed=tmp_path / "cart.py", has_frames=True)


def test_other_files_are_found_with_other_folders() -> None:
    before = Preferences(source_roots=("/a",))
    assert frames.files_differ(before, Preferences())
    assert not frames.files_differ(before, replace(before, newest_first=False))


def test_the_thread_that_crashed(tmp_path: Path) -> None:
    (cart,) = _files(tmp_path, "cart.py")
    event = make_event(exceptions=(), threads=(Thread(frames=(cart,)), Thread(crashed=True, frames=(cart,))))
    assert len(frames.of_event(event, Preferences(source_roots=(str(tmp_path),))).frames) == 1


def test_events_without_frames_and_with_many(tmp_path: Path) -> None:
    assert frames.has_code(make_event())
    assert not frames.has_code(make_event(exceptions=()))
    assert not frames.of_event(make_event(exceptions=()), Preferences()).has_frames
    many = (Frame(abs_path=str(tmp_path / "none.py"), line=1),) * 10_000
    found = frames.of_event(make_event(exceptions=(ExceptionInfo(frames=many),)), Preferences())
    assert found == frames.FrameFiles(has_frames=True)
