"""What an event must contain of an error in the failing shop, whichever client sent it."""

from app.model import Event, ExceptionInfo, Frame, Level
from tests.clients.javascript import SourceText

PAYMENT_FAILED = "payment failed for order 42"
NO_CARD = "Cannot read properties of undefined (reading 'number')"


def check_raised(raised: ExceptionInfo, source: SourceText, sends: frozenset[str]) -> None:
    """The error that processOrder raised, with its frames oldest first."""
    assert (raised.type, raised.value) == ("PaymentError", PAYMENT_FAILED)
    crash = raised.frames[-1]
    line = source.line_of("throw new PaymentError(")
    check_frame(crash, source, line, function="processOrder", text="new PaymentError", sends=sends)
    own = [short_name(frame) for frame in raised.frames if frame.in_app]
    assert own[-2:] == ["checkout", "processOrder"]


def check_cause(cause: ExceptionInfo, source: SourceText, sends: frozenset[str]) -> None:
    """The error's cause, in chargeCard."""
    assert (cause.type, cause.value) == ("TypeError", NO_CARD)
    line = source.line_of("order.card.number")
    check_frame(cause.frames[-1], source, line, function="chargeCard", text="number", sends=sends)


def check_frame(
    frame: Frame, source: SourceText, line: int, *, function: str, text: str, sends: frozenset[str]
) -> None:
    """One of the shop's own frames; its column is that of `text`, from 1."""
    assert (short_name(frame), frame.line, frame.in_app) == (function, line, True)
    assert frame.filename is not None
    assert frame.filename.endswith(source.path.name)
    if "column" in sends:
        assert frame.column == source.lines[line - 1].index(text) + 1
    if "source" in sends:
        assert dict(frame.context)[line].strip() == source.text_at(line)


def short_name(frame: Frame) -> str:
    """The function's name without its class or object."""
    return (frame.function or "").rpartition(".")[2]


def check_chain(event: Event, source: SourceText, sends: frozenset[str]) -> None:
    """The error and, where the client sends it, its cause before it; there were no problems reading it."""
    assert event.problems == ()
    assert event.title == f"PaymentError: {PAYMENT_FAILED}"
    assert event.culprit
    causes = event.exceptions[:-1]
    check_raised(event.exceptions[-1], source, sends)
    assert len(causes) == ("cause" in sends)
    for cause in causes:
        check_cause(cause, source, sends if "source-of-cause" in sends else sends - {"source"})


def is_handled(event: Event) -> bool | None:
    """What the exceptions' mechanisms say: False as soon as one of them does, None if none says."""
    said = [(raised.mechanism or {}).get("handled") for raised in event.exceptions]
    return False if False in said else (True if True in said else None)


def check_crash(event: Event, sends: frozenset[str]) -> None:
    """A crash has at least the level error, and is marked unhandled where the client can say so."""
    assert event.level in (Level.ERROR, Level.FATAL)
    if "unhandled" in sends and event.exceptions:
        assert is_handled(event) is False


def check_context(event: Event, sends: frozenset[str]) -> None:
    """User, release, environment, tags and breadcrumbs of the error, as far as the client sends them."""
    if "user" in sends:
        assert event.user["id"] == "7"
        assert event.user["email"] == "ada@example.com"
    if "name" in sends:
        assert "ada" in (event.user.get("username"), event.user.get("name"))
    if "release" in sends:
        assert event.release == "1.2.3"
    if "environment" in sends:
        assert event.environment == "test"
    if "tags" in sends:
        assert event.tags["customer"] == "ada"
    if "cart" in sends:
        assert {"items": 2} in (event.contexts.get("cart"), event.extra.get("cart"))
    if "breadcrumbs" in sends:
        assert "opened the cart" in [crumb.message for crumb in event.breadcrumbs]
