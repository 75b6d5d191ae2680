"""Bytes to requests: uvicorn's own protocol, with a cap on headers and with words for what is no HTTP.

uvicorn answers such a connection with a bare line that no web page may read, and keeps no trace of it; and
its parser takes headers without end.
"""

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from app.receiver import answers
from app.receiver.group_commit import GroupCommit
from app.receiver.limits import MAX_HEAD_BYTES
from app.receiver.refused import Refused

# How a TLS client begins (RFC 8446, section 5.1): a handshake record.
TLS_HANDSHAKE = b"\x16\x03"


def protocol_class(commits: GroupCommit) -> type[HttpToolsProtocol]:
    """The protocol for uvicorn's `http` setting; what it turns away is noted with `commits`."""

    class ReportProtocol(HttpToolsProtocol):
        _head_bytes = 0

        def data_received(self, data: bytes) -> None:
            self._unset_keepalive_if_required()
            try:
                self.parser.feed_data(data)
            except httptools.HttpParserUpgrade:
                # No other protocol is spoken here; the request is answered as what else it is.
                pass
            except httptools.HttpParserError as error:
                self._turn_away(_not_http(data, error), data)
                return
            # The cycle of this scope begins when the headers are complete.
            if getattr(self.cycle, "scope", None) is self.scope:
                self._head_bytes = 0
                return
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._turn_away(Refused(431, f"The headers are larger than {MAX_HEAD_BYTES} bytes."), data)

        def _turn_away(self, refused: Refused, data: bytes) -> None:
            remote = self.client[0] if self.client else ""
            commits.note_refusal(refused, remote, b"", data)
            if self.transport.is_closing():
                return
            start, body = answers.refusal(refused)
            lines = [STATUS_LINE[refused.status]]
            for name, value in start["headers"]:
                lines += [name, b": ", value, b"\r\n"]
            self.transport.write(b"".join([*lines, b"connection: close\r\n\r\n", body]))
            self.transport.close()

    return ReportProtocol


def _not_http(data: bytes, error: Exception) -> Refused:
    if data.startswith(TLS_HANDSHAKE):
        return Refused(
            400, "This port speaks plain HTTP, and was spoken to in TLS: use http:// instead of https://."
        )
    return Refused(400, f"The request is no valid HTTP: {error}.")
