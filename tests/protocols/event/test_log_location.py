from app.model import ExceptionInfo, Frame, Thread
from app.protocols.event import log_location
from app.protocols.wire.notes import Notes

PLACE = Frame(filename="pay.py", abs_path="/srv/pay.py", function="pay", line=3)
FOREIGN = Frame(filename="app.py", in_app=False)


def test_a_message_was_logged_in_a_thread() -> None:
    assert log_location.with_location((), PLACE, (), Notes()) == (
        (),
        (Thread(current=True, frames=(PLACE,)),),
    )
    assert log_location.with_location((), PLACE, [FOREIGN], Notes()) == (
        (),
        (Thread(current=True, frames=(FOREIGN,)),),
    )
    assert log_location.with_location((), None, (), Notes()) == ((), ())


def test_the_apps_own_line_stands_for_a_traceback() -> None:
    cause, raised = ExceptionInfo(type="A"), ExceptionInfo(type="B")
    exceptions, threads = log_location.with_location((cause, raised), PLACE, (), Notes())
    assert (exceptions, threads) == ((cause, ExceptionInfo(type="B", frames=(PLACE,))), ())

    exceptions, threads = log_location.with_location((raised,), FOREIGN, (), Notes())
    assert (exceptions, threads) == ((raised,), (Thread(current=True, frames=(FOREIGN,)),))


def test_the_location_is_preserved_unless_it_is_the_end_of_the_traceback() -> None:
    notes = Notes()
    raised = ExceptionInfo(frames=(FOREIGN, PLACE))
    assert log_location.with_location((raised,), PLACE, (), notes) == ((raised,), ())
    assert notes.kept == {}
    log_location.with_location((raised,), FOREIGN, (), notes)
    log_location.with_location((raised,), Frame(filename="x.py", line=1, function="f"), (), notes)
    assert notes.kept == {"logged_at": "app.py", "logged_at'": "x.py:1 in f"}


def test_languages_by_file() -> None:
    assert log_location.platform_of("/srv/pay.PY") == "python"
    assert log_location.platform_of("pay.tsx") == "javascript"
    assert log_location.platform_of("pay") is None
    assert log_location.platform_of(None) is None
