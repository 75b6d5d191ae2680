"""Which frame a person wants to see first."""

from msgspec.structs import replace

from app.local_files import crash_frame
from app.model import ExceptionInfo, Frame, Thread
from tests.ui.detail.samples import bare_event

LIBRARY = Frame(filename="flask/app.py", in_app=False)
OURS = Frame(filename="shop/cart.py")
OLDER = Frame(filename="shop/web.py")


def test_the_newest_of_the_apps_own_frames() -> None:
    assert crash_frame.failing((OLDER, LIBRARY, OURS, LIBRARY)) == 2
    assert crash_frame.failing((LIBRARY, LIBRARY)) == 1
    assert crash_frame.failing(()) is None


def test_the_stack_of_the_exception_raised_last_else_of_the_thread_that_crashed() -> None:
    event = bare_event()
    cause, raised, bare = ExceptionInfo(frames=(OLDER,)), ExceptionInfo(frames=(OURS,)), ExceptionInfo()
    idle, crashed = Thread(frames=(OLDER,), current=True), Thread(frames=(LIBRARY,), crashed=True)
    both = replace(event, exceptions=(cause, raised, bare), threads=(idle, crashed))
    assert crash_frame.stack(both) == (OURS,)
    assert crash_frame.all_frames(both) == [OLDER, OURS, OLDER, LIBRARY]
    assert crash_frame.stack(replace(both, exceptions=(bare,))) == (LIBRARY,)
    assert crash_frame.stack(replace(both, exceptions=(), threads=())) == ()
