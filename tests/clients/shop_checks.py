"""What must be known of an error in the failing shop, whatever client told it."""

from app.model import Event, ExceptionInfo, Frame, Level
from tests.clients.javascript import SourceText

PAYMENT_FAILED = "payment failed for order 42"
NO_CARD = "Cannot read properties of undefined (reading 'number')"


def check_raised(raised: ExceptionInfo, source: SourceText, knows: frozenset[str]) -> None:
    """The error that processOrder raised, with its frames oldest first."""
    assert (raised.type, raised.value) == ("PaymentError", PAYMENT_FAILED)
    crash = raised.frames[-1]
    line = source.line_of("throw new PaymentError(")
    check_frame(crash, source, line, function="processOrder", text="new PaymentError", knows=knows)
    own = [short_name(frame) for frame in raised.frames if frame.in_app]
    assert own[-2:] == ["checkout", "processOrder"]


def check_cause(cause: ExceptionInfo, source: SourceText, knows: frozenset[str]) -> None:
    """What made it fail, in chargeCard."""
    assert (cause.type, cause.value) == ("TypeError", NO_CARD)
    line = source.line_of("order.card.number")
    check_frame(cause.frames[-1], source, line, function="chargeCard", text="number", knows=knows)


def check_frame(
    frame: Frame, source: SourceText, line: int, *, function: str, text: str, knows: frozenset[str]
) -> None:
    """One of the shop's own frames; its column is that of `text`, from 1."""
    assert (short_name(frame), frame.line, frame.in_app) == (function, line, True)
    assert frame.filename is not None
    assert frame.filename.endswith(source.path.name)
    if "column" in knows:
        assert frame.column == source.lines[line - 1].index(text) + 1
    if "source" in knows:
        assert dict(frame.context)[line].strip() == source.text_at(line)


def short_name(frame: Frame) -> str:
    """The function's name without what it was called on."""
    return (frame.function or "").rpartition(".")[2]


def check_chain(event: Event, source: SourceText, knows: frozenset[str]) -> None:
    """The error and, where the client sends it, its cause before it; nothing was hard to understand."""
    assert event.problems == ()
    assert event.title == f"PaymentError: {PAYMENT_FAILED}"
    assert event.culprit
    causes = event.exceptions[:-1]
    check_raised(event.exceptions[-1], source, knows)
    assert len(causes) == ("cause" in knows)
    for cause in causes:
        check_cause(cause, source, knows if "source-of-cause" in knows else knows - {"source"})


def is_handled(event: Event) -> bool | None:
    """What the exceptions' mechanisms say: False as soon as one of them does."""
    said = [(raised.mechanism or {}).get("handled") for raised in event.exceptions]
    return False if False in said else (True if True in said else None)


def check_crash(event: Event, knows: frozenset[str]) -> None:
    """A crash is never less than an error, and known as unhandled where the client can say so."""
    assert event.level in (Level.ERROR, Level.FATAL)
    if "unhandled" in knows and event.exceptions:
        assert is_handled(event) is False


def check_surroundings(event: Event, knows: frozenset[str]) -> None:
    """Who it happened to, in what, and after what."""
    if "user" in knows:
        assert event.user["id"] == "7"
        assert event.user["email"] == "ada@example.com"
    if "name" in knows:
        assert "ada" in (event.user.get("username"), event.user.get("name"))
    if "release" in knows:
        assert event.release == "1.2.3"
    if "environment" in knows:
        assert event.environment == "test"
    if "tags" in knows:
        assert event.tags["customer"] == "ada"
    if "cart" in knows:
        assert {"items": 2} in (event.contexts.get("cart"), event.extra.get("cart"))
    if "breadcrumbs" in knows:
        assert "opened the cart" in [crumb.message for crumb in event.breadcrumbs]
