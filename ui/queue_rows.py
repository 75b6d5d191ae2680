"""What did not get through, as rows: reports that failed in the digest, requests refused at the door."""

from typing import TYPE_CHECKING

from ui.detail.plain_text import plain
from ui.issues.describing import one_line, plural
from ui.row_list import Row

if TYPE_CHECKING:
    from app.store.queue import Refusal, Setback


def setback_row(setback: "Setback") -> Row:
    """A report that could not be digested yet, or never will be."""
    tried = plural(setback.attempts, "try").replace("trys", "tries")
    state = f"dead after {tried}" if setback.dead else f"waits for its next try, after {tried}"
    return Row(
        ("setback", setback.report_id),
        one_line(setback.error),
        f"{setback.project} · {state}",
        setback.received_at,
        "level_error" if setback.dead else "level_warning",
        f"Report {setback.report_id}, {setback.protocol}, {state}.\n\n{setback.traceback}",
    )


def refusal_row(refusal: "Refusal") -> Row:
    """A request that was turned away, with its head and the beginning of its body."""
    request = one_line(refusal.head.partition("\n")[0])
    body = refusal.body.decode("utf-8", "backslashreplace")
    whole = f"Answered {refusal.status}: {refusal.reason}\n\n{refusal.head}\n\n{body}"
    return Row(
        ("refusal", refusal.id),
        f"{refusal.status}  {one_line(refusal.reason)}",
        f"refused · {refusal.remote} · {request}",
        refusal.at,
        "level_info",
        plain(whole.replace("\r\n", "\n")),
    )
