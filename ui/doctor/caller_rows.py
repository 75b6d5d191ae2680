"""Who called in, as rows: which client, for which project, how often, and whether its clock is right."""

from typing import TYPE_CHECKING

from app.plain_text import compact_line, plural
from ui.widgets.row_list import ListRow
from ui.wording import duration, local

if TYPE_CHECKING:
    from app.doctor.examination import Caller

# The doctor's tolerance: a smaller difference has no effect that is noticed.
NOTICED_SECONDS = 30.0


def caller_row(caller: "Caller") -> ListRow:
    """One client of one project."""
    name = compact_line(f"{caller.client} {caller.version or ''}")
    skew = _skew(caller.skew_seconds)
    where = (caller.project, plural(caller.reports, "report"), skew, caller.protocol)
    return ListRow(
        (caller.client, caller.version or "", caller.protocol, caller.project),
        name,
        " · ".join(part for part in where if part),
        caller.last_seen,
        "level_warning" if skew else "success",
        _text(caller, name),
    )


def _text(caller: "Caller", name: str) -> str:
    lines = (
        ("Client", name),
        ("Protocol", caller.protocol),
        ("Project", caller.project),
        ("Reports", f"{caller.reports:,}"),
        ("First call", local(caller.first_seen)),
        ("Last call", local(caller.last_seen)),
        ("Clock", _clock(caller.skew_seconds)),
    )
    return "\n".join(f"{label:<12}{value}" for label, value in lines)


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return "this client does not say when it sends"
    return _skew(seconds) or "right"


def _skew(seconds: float | None) -> str:
    if seconds is None or abs(seconds) < NOTICED_SECONDS:
        return ""
    if seconds > 0:
        return f"its clock is {duration(seconds)} ahead"
    return f"its clock is {duration(-seconds)} behind, or it sends late"
