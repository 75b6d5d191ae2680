"""Faults that are set on purpose, and reports that are passed on to other servers."""

from collections.abc import Iterator
from datetime import datetime

from app import fault_words
from app.doctor.finding import Finding, Severity
from app.model import to_micros
from app.plain_text import plural
from app.store.database import Connection
from app.store.engine_state import faults
from app.store.forwarding import forwards


def faults_set(connection: Connection, now: datetime) -> Iterator[Finding]:
    """The faults in force: who looks for missing errors must see them first."""
    for fault in faults.listed(connection, to_micros(now)):
        yield Finding(
            severity=Severity.PROBLEM,
            title=fault_words.describe(
                fault.project, fault.answer.value, fault.seconds, fault.share, fault.until, fault.met
            ),
            meaning="Somebody set this to try what a client does; it ends by itself.",
            advice="End it in the window's strip, or run main.py fault --end.",
        )


def passed_on(connection: Connection) -> Iterator[Finding]:
    """Where reports are passed on to: that they leave this machine, and how that goes."""
    for each in forwards.listed(connection):
        title = f"What arrives for {each.project} is passed on to {each.where}"
        if not each.enabled:
            yield Finding(
                severity=Severity.NOTE,
                title=f"{title}, which is paused: {plural(each.waiting, 'report')} waiting.",
                meaning="What waits for a day is given up.",
                advice=f"Run main.py forward resume {each.project}, or remove.",
            )
        elif each.failures:
            yield Finding(
                severity=Severity.WARNING,
                title=f"{title}, which fails: {each.last_error}",
                meaning=f"{plural(each.waiting, 'report')} waiting; each for a day at most.",
                advice="main.py forward log says of each report what became of it.",
            )
        else:
            yield Finding(
                severity=Severity.OK, title=f"{title}: {each.sent:,} sent, {each.waiting:,} waiting."
            )
