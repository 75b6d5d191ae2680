"""Says a cause once: what follows from it is a part of its finding, and no finding of its own."""

from collections.abc import Sequence

from msgspec.structs import replace

from app.doctor.finding import Finding, Severity
from app.plain_text import plural


def with_refusals(causes: Sequence[Finding], refused: int) -> tuple[list[Finding], bool]:
    """The `causes`, the first problem of them with what it has turned away; and whether there is one.

    `refused` were answered 503 lately, which a client is told when the engine, its store or its disk fails.
    """
    found = list(causes)
    number = next((at for at, cause in enumerate(found) if cause.severity is Severity.PROBLEM), None)
    if number is None:
        return found, False
    if refused:
        cause = found[number]
        more = (
            f"{plural(refused, 'request')} {'was' if refused == 1 else 'were'} turned away with 503 lately."
        )
        found[number] = replace(cause, meaning=f"{cause.meaning} {more}".strip())
    return found, True


def with_waiting(causes: Sequence[Finding], work: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """While no engine runs: what waits for one is said with that, which is the first of the `causes`."""
    found, rest = list(causes), list(work)
    waiting = [
        each for each in rest if each.severity is Severity.WARNING and "until the engine runs" in each.title
    ]
    for each in waiting:
        found[0] = replace(found[0], meaning=f"{found[0].meaning} {each.title}")
        rest.remove(each)
    return found, rest
