"""Retries refused requests on demand: by the current rules, from what was stored of them.

A request that is accepted now becomes a report, and its refusal is removed in the same transaction; otherwise
the refusal stays, with the current reason. Requests marked in the store are retried by the running engine, or
the next one.
"""

import logging

from msgspec import Struct

from app.protocols.email import accept
from app.protocols.table import Accepted, HttpRequest
from app.receiver.group_commit import GroupCommit, NewReport, Stopped
from app.receiver.ingest import Ingest, Target
from app.receiver.refused import Refused
from app.store.database import Database
from app.store.queue import refusals
from app.store.queue.refusals import RefusedRequest

log = logging.getLogger(__name__)

MAIL = b"MAIL SMTP"


class _Head(Struct, frozen=True):
    """A stored head, parsed."""

    method: str
    url: bytes
    headers: list[tuple[bytes, bytes]]


class RefusedRetry:
    """Retries requests on a thread of its own, by the rules of the running receiver."""

    def __init__(self, database: Database, ingest: Ingest, commits: GroupCommit) -> None:
        self._database = database
        self._ingest = ingest
        self._commits = commits

    def run(self) -> None:
        """Retry all marked requests. Raises `StoreFailure`: the rest stays marked."""
        with self._database.reading() as connection:
            marked = refusals.requested(connection)
        for refusal_id in marked:
            with self._database.reading() as connection:
                request = refusals.whole(connection, refusal_id)
            if request is None:
                continue
            try:
                self._commits.retry_refused(refusal_id, self._report(request))
            except Stopped:
                return
            except Refused as refused:
                status, reason = refused.status, refused.reason
                with self._database.writing() as connection:
                    refusals.refuse_again(connection, refusal_id, status, reason)

    def _report(self, request: RefusedRequest) -> NewReport:
        """The report to store for `request`. Raises `Refused`."""
        try:
            name, accepted = self._accept(request)
        except Exception as error:  # noqa: BLE001 - a bug of ours must not block the others for ever
            raise self._ingest.as_refused(error) from None
        return (
            *(request.at, name, accepted.project, accepted.event_id),
            *(request.remote, request.head, request.body),
        )

    def _accept(self, request: RefusedRequest) -> tuple[str, Accepted]:
        if request.head.startswith(MAIL):
            return self._accept_mail(request)
        head = _taken_apart(request.head)
        ingest = self._ingest
        ingest.guard.check_host(dict(head.headers).get(b"host"), request.remote)
        target: Target = ingest.target(head.url, head.method)
        if not ingest.takes(head.url, head.method):
            raise Refused(404, "Nothing is reported at this address.")
        http_request = HttpRequest(
            target.path, target.groups, target.query, head.headers, request.body, request.remote
        )
        return target.protocol.name, ingest.accept_checked(target, http_request)

    def _accept_mail(self, request: RefusedRequest) -> tuple[str, Accepted]:
        if not request.body.strip():
            raise Refused(400, "The mail is empty.")
        recipients = [
            line.partition(b":")[2].strip().decode("utf-8", "replace")
            for line in request.head.split(b"\r\n")
            if line.startswith(b"rcpt-to:")
        ]
        accepted = accept.of_mail(request.body, recipients)
        self._ingest.guard.check_key(accepted.project)
        return "email", accepted


def _taken_apart(head: bytes) -> _Head:
    """Parse the head of a request as `ReportRequest` stores it. Raises `Refused` for what was no HTTP."""
    first, *lines = head.split(b"\r\n")
    method, _space, rest = first.partition(b" ")
    url, _space, _version = rest.rpartition(b" ")
    if not method or not url:
        raise Refused(400, "It was no complete HTTP request, of which nothing can be made.")
    headers = [(name, value) for name, colon, value in (line.partition(b": ") for line in lines) if colon]
    return _Head(method.decode("latin-1"), url, headers)
