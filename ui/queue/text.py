"""The text of a row of the queue; for a report also the request as it came, once that is read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app import digest, store
from app.protocols.wire.encoding_errors import EncodingError
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.queue.rows import REFUSAL, REPORT, SETBACK, raw_text, refused_body_text
from ui.theme import UNIT, font_code
from ui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from app.store.database import Connection

MAX_DECODED_BYTES = 64 << 20
AS_IT_CAME = "\n\n— As it came —\n\n"


class RowText(QPlainTextEdit):
    """Shows one row, and holds its scroll position while that row is read again."""

    def __init__(self, store: StoreAccess, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._row: ListRow | None = None
        self._raw = ""
        self._ticket: Ticket | None = None
        self.setReadOnly(True)
        self.setAccessibleName("What happened")
        self.setObjectName("plain")
        self.setFont(font_code())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.document().setDocumentMargin(UNIT * 2)

    def show_row(self, row: ListRow | None) -> None:
        """Show a row."""
        before, self._row = self._row, row
        if row is None or before is None or row.key != before.key:
            self._raw = ""
            if self._ticket is not None:
                self._ticket.cancel()
                self._ticket = None
            read = None if row is None else _READ.get(str(row.key[0]))
            if row is not None and read is not None:
                number = int(row.key[1])
                self._ticket = self._store.read(lambda connection: read(connection, number), self._add_raw)
        self._show(keeps_place=row is not None and before is not None and row.key == before.key)

    def _add_raw(self, raw: str) -> None:
        self._ticket = None
        self._raw = raw
        self._show(keeps_place=True)

    def _show(self, *, keeps_place: bool) -> None:
        text = "" if self._row is None else self._row.text
        if self._raw:
            text += AS_IT_CAME + self._raw
        if text != self.toPlainText():
            place = self.verticalScrollBar().value() if keeps_place else 0
            self.setPlainText(text)
            self.verticalScrollBar().setValue(place)


def _raw(connection: "Connection", report_id: int) -> str:
    """A report as it came; empty when it is no longer stored."""
    report = store.report_queue.get(connection, report_id)
    if report is None:
        return ""
    try:
        body = digest.understanding.beginning(report, MAX_DECODED_BYTES)
    except EncodingError:
        # This may be what made it fail: it is shown as it is.
        body = report.body
    return raw_text(report, body)


def _refused_body(connection: "Connection", refusal_id: int) -> str:
    """The body of a refused request, where it is longer than the beginning that the row shows."""
    refusal = store.queue_overview.refusal(connection, refusal_id)
    if refusal is None or len(refusal.body) <= store.refusals.BEGINNING_BYTES:
        return ""
    return refused_body_text(refusal.body)


_READ: "dict[str, Callable[[Connection, int], str]]" = {
    SETBACK: _raw,
    REPORT: _raw,
    REFUSAL: _refused_body,
}
