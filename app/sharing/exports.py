"""What is exported: an event as a page, or its report whole, with what is known of it before it goes."""

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from app import detail, digest, store
from app.detail import EventDetail
from app.model import Report
from app.plain_text import plural
from app.preferences import Preferences
from app.scrub import rules
from app.settings import decoded_bytes
from app.sharing import html_page, markdown, plain, raw_report, words
from app.sharing.what_goes import ALL, Parts, outgoing

if TYPE_CHECKING:
    from app.store.database import Connection

HTML, RAW, MARKDOWN = "html", "raw", "markdown"
SUFFIXES = {HTML: ".html", RAW: ".arecibo", MARKDOWN: ".md"}
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60
_LONGEST_SHOWN = 200_000


class Source(Struct, frozen=True):
    """An event, and the report that brought it."""

    detail: EventDetail
    report: Report


class Export(Struct, frozen=True):
    """A file: its bytes, a name to suggest, what is hidden in it by place, and sentences about it.

    With `is_searched` false, nobody could look for secrets in it. `shown` is what goes, as plain text: its
    beginning.
    """

    data: bytes
    name: str
    hidden: dict[str, int]
    shown: str = ""
    notes: tuple[str, ...] = ()
    is_searched: bool = True

    @property
    def total(self) -> int:
        """How many values are hidden."""
        return sum(self.hidden.values())


def read(connection: "Connection", pk: int) -> Source | None:
    """The event numbered `pk` and its report; None when they are no longer stored."""
    found = detail.read_event(connection, pk)
    filed = store.events.filed(connection, pk)
    report = None if filed is None else store.report_queue.get(connection, filed.report_id)
    return None if found is None or report is None else Source(found, report)


def made(source: Source, form: str, chosen: Preferences, parts: Parts = ALL) -> Export:
    """The file in this form: `html`, `raw` or `markdown`."""
    in_force = rules.made(chosen.scrub_patterns)
    name = f"{_file_name(source.detail)}{SUFFIXES[form]}"
    if form == RAW:
        raw = raw_report.made(source.report, in_force, parts, limit=decoded_bytes())
        notes = (*_of_others(source.report), *raw.notes)
        shown = words.block(raw.data[:_LONGEST_SHOWN].decode("utf-8", "replace"), _LONGEST_SHOWN)
        return Export(raw.data, name, raw.hidden, shown, notes, raw.is_searched)
    going = outgoing(source.detail.event, in_force, parts)
    if form == MARKDOWN:
        text = markdown.as_markdown(going.event, source.detail.issue, characters=chosen.markdown_characters)
    else:
        text = html_page.as_html(going.event, source.detail.issue, hidden=going.total)
    shown = text if form == MARKDOWN else plain.as_text(going.event, source.detail.issue, whole=True)
    return Export(text.encode("utf-8", "replace"), name, going.hidden, shown[:_LONGEST_SHOWN])


def hidden_text(export: Export) -> str:
    """What is hidden, in a sentence."""
    if not export.is_searched:
        return "Nobody has looked for secrets in it."
    if not export.hidden:
        return "No secrets were found in what goes."
    places = ", ".join(f"{number:,} in {place}" for place, number in export.hidden.items())
    return f"{plural(export.total, 'secret is', 'secrets are')} hidden: {places}."


def _of_others(report: Report) -> tuple[str, ...]:
    """That the report brought more events than the one that a person has before them."""
    number = len(digest.understanding.outline(report, decoded_bytes()).events)
    return (f"The report brought {number:,} events; all of them go.",) if number > 1 else ()


def _file_name(found: EventDetail) -> str:
    raised = found.event.exceptions[-1].type if found.event.exceptions else None
    words = _NOT_IN_NAME.sub("-", f"{found.event.project}-{raised or found.event.title}")[:_LONGEST_NAME]
    return f"{words.strip('.-') or 'event'}-{found.event.event_id[:8]}"
