"""Reads reports into what can be filed: events, changed by a person's code, grouped by the user's rules."""

import logging

from app.digest import before_digest, understanding
from app.digest.before_digest import Understood
from app.digest.entries import trace_entries
from app.digest.entries.repeats import Repeats
from app.digest.known_rules import KnownRules
from app.digest.trace_choice import TraceChoice
from app.digest.tries import Failure, failure_of
from app.listeners.listeners import Listeners
from app.model import Report
from app.protocols.sketch import Outlined
from app.store.failures import is_environment_error
from app.store.traces.removal import NOTHING

log = logging.getLogger(__name__)


class Reader:
    """Reads reports with the rules of the last `rules.refresh`.

    `understand` turns a report into events in outline, and is given `max_decoded_bytes`; where `listeners`
    change events, they are read whole. Spans and log lines are read only where `traces` says that they are
    stored, and not while it `is_hurried`.
    """

    def __init__(
        self,
        listeners: Listeners,
        understand: understanding.Understand,
        max_decoded_bytes: int,
        traces: TraceChoice,
    ) -> None:
        self.rules = KnownRules()
        self._listeners = listeners
        self._understand = understand
        self._max_decoded_bytes = max_decoded_bytes
        self._traces = traces
        self.is_hurried = False
        self._repeats = Repeats()

    def read(self, report: Report) -> Understood | Failure:
        """Read a report. Raises errors of the environment only."""
        try:
            return self.consult(report, self.understand(report), 0)
        except Exception as error:
            if is_environment_error(error):
                raise
            log.exception("Report %d could not be digested", report.id)
            return failure_of(error)

    def understand(self, report: Report) -> Outlined:
        """The events of a report, as it delivers them. Raises whatever reading raises."""
        understand = understanding.understand if self._listeners.change_events else self._understand
        return understand(report, self._max_decoded_bytes)

    def consult(self, report: Report, outlined: Outlined, first: int) -> Understood:
        """What to file of these events, the first of which is the `first` of `report`."""
        understood = before_digest.consult(
            self._listeners, self._repeats, report, outlined, self.rules.rules, first
        )
        if self._traces.bounds == NOTHING:
            return understood
        try:
            entries = trace_entries.of(report, outlined, first, reads_spans=not self.is_hurried)
        except Exception as error:
            if is_environment_error(error):
                raise
            # No error is set aside for what came beside it.
            log.exception("The traces of report %d could not be read", report.id)
            return understood
        if not (entries.parts or entries.events):
            return understood
        return Understood(understood.entries, understood.changes, entries)
