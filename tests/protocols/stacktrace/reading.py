"""Samples are what runtimes really printed (`samples/`), and what is asked of all of them."""

from pathlib import Path

from app.model import ExceptionInfo
from app.protocols.stacktrace import Parsed, parse

SAMPLES = Path(__file__).parent / "samples"


def text_of(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text("utf-8")


def sample(name: str) -> Parsed:
    return parse(text_of(name))


def only(name: str) -> ExceptionInfo:
    (raised,) = sample(name).exceptions
    return raised


def said(parsed: Parsed) -> list[tuple[str | None, str | None]]:
    """Type and message of each exception, cause first."""
    return [(raised.type, raised.value) for raised in parsed.exceptions]


def calls(raised: ExceptionInfo) -> list[str]:
    """Each frame as ``function file:line:column``, oldest first; what is not the app's in brackets."""
    found = []
    for frame in raised.frames:
        function = f"{frame.module}|{frame.function}" if frame.module else str(frame.function)
        place = ":".join(str(part) for part in (frame.filename, frame.line, frame.column) if part is not None)
        found.append(f"{function} {place}" if frame.in_app else f"[{function} {place}]")
    return found
