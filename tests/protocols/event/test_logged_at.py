from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event import logged_at
from app.protocols.wire.notes import Notes

PLACE = Frame(filename="pay.py", abs_path="/srv/pay.py", function="pay", line=3)
FOREIGN = Frame(filename="app.py", in_app=False)


def test_a_message_was_logged_in_a_thread() -> None:
    assert logged_at.placed((), PLACE, (), Notes()) == ((), (Thread(current=True, frames=(PLACE,)),))
    assert logged_at.placed((), PLACE, [FOREIGN], Notes()) == ((), (Thread(current=True, frames=(FOREIGN,)),))
    assert logged_at.placed((), None, (), Notes()) == ((), ())


def test_the_apps_own_line_stands_for_a_traceback() -> None:
    cause, raised = ExceptionInfo(type="A"), ExceptionInfo(type="B")
    exceptions, threads = logged_at.placed((cause, raised), PLACE, (), Notes())
    assert (exceptions, threads) == ((cause, ExceptionInfo(type="B", frames=(PLACE,))), ())

    exceptions, threads = logged_at.placed((raised,), FOREIGN, (), Notes())
    assert (exceptions, threads) == ((raised,), (Thread(current=True, frames=(FOREIGN,)),))


def test_beside_a_traceback_it_is_kept_unless_it_is_its_end() -> None:
    notes = Notes()
    raised = ExceptionInfo(frames=(FOREIGN, PLACE))
    assert logged_at.placed((raised,), PLACE, (), notes) == ((raised,), ())
    assert notes.kept == {}
    logged_at.placed((raised,), FOREIGN, (), notes)
    logged_at.placed((raised,), Frame(filename="x.py", line=1, function="f"), (), notes)
    assert notes.kept == {"logged_at": "app.py", "logged_at'": "x.py:1 in f"}


def test_languages_by_file() -> None:
    assert logged_at.platform_of("/srv/pay.PY") == "python"
    assert logged_at.platform_of("pay.tsx") == "javascript"
    assert logged_at.platform_of("pay") is None
    assert logged_at.platform_of(None) is None
