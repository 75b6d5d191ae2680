"""Finds the project and the id of a mail on the receive path, from its first 64 KiB.

The account in it names the project, as it did for the first Arecibo; else the recipient does, by the part
before the @: `shop@localhost`. A mail server that delivers twice delivers the same Message-ID.
"""

from collections.abc import Sequence

from app.protocols import arecibo
from app.protocols.accept_request import in_path, in_query, peek_body, printable_name
from app.protocols.email import arecibo_fields, mail
from app.protocols.event import event_ids
from app.protocols.protocol import Accepted, Answer, HttpRequest, Malformed

_PEEK = 1 << 16
_NOBODY = "email"


def of_mail(content: bytes, recipients: Sequence[str], named: str = "") -> Accepted:
    """The project and the id of a mail for `recipients`; `named` is the project that is known already."""
    read = mail.parse(content[:_PEEK])
    fields = arecibo_fields.of(read.text) or {}
    account = "".join(fields.get("account", [])[:1])
    addresses = [address.partition("@")[0].strip(' "') for address in (*recipients, *read.recipients)]
    project = next(filter(None, (printable_name(name) for name in (named, account, *addresses))), _NOBODY)
    uid = "".join(fields.get("uid", [])[:1]).strip()
    if uid:
        return Accepted(project, arecibo.event_id(project, uid))
    if read.message_id:
        return Accepted(project, event_ids.derive("email", project, read.message_id))
    return Accepted(project, event_ids.mint())


def accept(http_request: HttpRequest) -> Accepted:
    """A mail that was posted. Raises `Malformed` for an empty one, and `encoding.EncodingError`."""
    content, _complete = peek_body(http_request)
    if not content.strip():
        raise Malformed("the mail is empty", 0)
    return of_mail(content, (), in_query("project")(http_request) or in_path(http_request))


def answer(_accepted: Accepted) -> Answer:
    """Any text will do: a mail server reads the status only."""
    return Answer(200, b"text/plain; charset=utf-8", b"Error recorded")
