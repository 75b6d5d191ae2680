"""Sends one report to its target and says what became of it. Runs in the courier's process.

Redirects are not followed: they would carry the target's key to a place that nobody chose.
"""

import http.client
import logging
import ssl
import time
from contextlib import suppress
from threading import local
from urllib.request import getproxies, proxy_bypass

from app.forwarding import outgoing, own_address, rate_limits
from app.forwarding.outgoing import Outgoing, Unforwardable
from app.forwarding.parcel import ForwardOutcome, ForwardParcel
from app.plain_text import compact_line
from app.target_dsn import Dsn, DsnUnusable, parse

log = logging.getLogger(__name__)

OUR_BUG = "Arecibo failed to pass this report on. The bug is ours, and in its log."
TIMEOUT_SECONDS = 20.0
MOST_READ = 16 * 1024
LONGEST_ERROR = 300
_KEPT_SECONDS = 4.0
# The request is as it always was: only a person can make these servers take it.
_CREDENTIALS = {
    401: "the key of the DSN is wrong",
    403: "it does not take reports with this key",
    404: "there is no such project, or no server for Sentry's formats",
}


class _Kept(local):
    """The connection that this thread keeps open, to which target, and until when."""

    connection: http.client.HTTPConnection | None = None
    where: tuple[str, str, int] = ("", "", 0)
    until = 0.0


_kept = _Kept()


def deliver(parcel: ForwardParcel) -> ForwardOutcome:
    """Send a report and wait for the answer. Raises nothing: nobody would hear it."""
    try:
        return _deliver(parcel)
    except Exception:
        log.exception("A report could not be passed on; this is a bug in Arecibo")
        return ForwardOutcome(OUR_BUG, is_reports=True)


def _deliver(parcel: ForwardParcel) -> ForwardOutcome:
    limits = rate_limits.in_force(parcel.limits, parcel.now)
    try:
        target = parse(parcel.dsn)
        own_address.demand_other(target, parcel.own_ports)
    except (DsnUnusable, own_address.OwnAddress) as error:
        return ForwardOutcome(f"{error}", limits=limits)
    limited = _limited(parcel, limits)
    if limited is not None:
        return limited
    try:
        request = outgoing.make(target, parcel.dsn, parcel.endpoint, parcel.head, parcel.body)
        status, headers, said = _post(target, request)
    except Unforwardable as error:
        return ForwardOutcome(f"{error}", is_final=True, limits=limits)
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = str(error) or type(error).__name__
        return ForwardOutcome(_bounded(f"{target.host} did not answer: {why}.", parcel.dsn), limits=limits)
    limits |= rate_limits.read(status, headers, parcel.now)
    return _judged(status, headers, _bounded(said, parcel.dsn), limits)


def _limited(parcel: ForwardParcel, limits: dict[str, int]) -> ForwardOutcome | None:
    """The outcome where the target wants nothing of what the report holds; None where it does.

    As clients do: an envelope goes out while anything in it is wanted, and what is of a kind that is not,
    such as the transactions that Bugsink does not take, is dropped. Errors wait.
    """
    if not limits:
        return None
    if (everything := limits.get(rate_limits.EVERYTHING)) is not None:
        return ForwardOutcome("The target takes no more for now.", until=everything, limits=limits)
    found = outgoing.categories(parcel.endpoint, parcel.head, parcel.body)
    if not found or not found <= limits.keys():
        return None
    if "error" in found:
        return ForwardOutcome(
            "The target takes no errors for now.",
            until=min(limits[category] for category in found),
            limits=limits,
        )
    kinds = compact_line(", ".join(sorted(found)))[:LONGEST_ERROR]
    return ForwardOutcome(f"The target wants nothing of this kind: {kinds}.", is_unwanted=True, limits=limits)


def _judged(status: int, headers: dict[str, str], said: str, limits: dict[str, int]) -> ForwardOutcome:
    if 200 <= status < 300:
        return ForwardOutcome(limits=limits)
    why = headers.get("x-sentry-error") or said
    why = f" ({compact_line(why)[:LONGEST_ERROR]})" if why else ""
    if status == 429:
        return ForwardOutcome(
            f"The target takes no more for now: 429{why}.", until=max(limits.values()), limits=limits
        )
    if status in _CREDENTIALS:
        return ForwardOutcome(f"The target answered {status}: {_CREDENTIALS[status]}{why}.", limits=limits)
    if 300 <= status < 400:
        return ForwardOutcome(
            f"The target answered {status}, and points elsewhere: its DSN must be of the server itself.",
            limits=limits,
        )
    if 400 <= status < 500 and status not in (408, 425):
        return ForwardOutcome(
            f"The target refused this report: {status}{why}.", is_final=True, is_reports=True, limits=limits
        )
    return ForwardOutcome(f"The target answered {status}{why}.", is_reports=status == 500, limits=limits)


def _post(target: Dsn, request: Outgoing) -> tuple[int, dict[str, str], str]:
    """Status, headers (names in lower case) and the beginning of the body of the answer."""
    where = (target.scheme, target.host, target.port)
    kept, _kept.connection = _kept.connection, None
    if kept is not None:
        if _kept.where == where and time.monotonic() < _kept.until:
            with suppress(ConnectionError, http.client.BadStatusLine):
                return _exchange(kept, where, request)
        kept.close()
    return _exchange(_connect(target), where, request)


def _exchange(
    connection: http.client.HTTPConnection, where: tuple[str, str, int], request: Outgoing
) -> tuple[int, dict[str, str], str]:
    try:
        connection.request("POST", request.path, request.body, request.headers)
        answer = connection.getresponse()
        said = answer.read(MOST_READ)
    except BaseException:
        connection.close()
        raise
    if answer.isclosed() and not answer.will_close:
        _kept.connection, _kept.where = connection, where
        _kept.until = time.monotonic() + _KEPT_SECONDS
    else:
        connection.close()
    headers = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, headers, said.decode("utf-8", "replace")


def _connect(target: Dsn) -> http.client.HTTPConnection:
    """A connection to the target, through the proxy that the environment names for it, if any."""
    proxy = None if proxy_bypass(target.host) else getproxies().get(target.scheme)
    host, port = target.host, target.port
    if proxy and target.is_tls:
        host, _colon, number = proxy.rpartition("//")[2].rstrip("/").rpartition("@")[2].partition(":")
        port = int(number or 80)
    if not target.is_tls:
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    connection = http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=context)
    if proxy:
        connection.set_tunnel(target.host, target.port)
    return connection


def _bounded(text: str, dsn: str) -> str:
    """Text from outside in one line, without the target's key."""
    target = parse(dsn)
    for secret in (dsn, target.secret, target.key):
        if len(secret) > 2:
            text = text.replace(secret, "…")
    return compact_line(text)[:LONGEST_ERROR].rstrip(".") + ("." if text.rstrip().endswith(".") else "")
