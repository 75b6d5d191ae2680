"""Why nothing arrives: who called in, what was turned away, and what is wrong around the engine.

Nothing is asked of the engine but whether it answers at its own door; all else is in the store, so that it
also tells what was wrong when nobody is there to ask. Each finding says what is the case, what that means and
what to do.
"""

import http.client
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct
from sqlalchemy import Connection

from app import address, paths, reach
from app.address import Listening
from app.settings import GIB, Settings
from app.store import callers as caller_store
from app.store import queue
from app.store.callers import Caller as Caller
from app.store.queue import QueueStatus, Refusal

RECENT = timedelta(minutes=15)
RECENT_REFUSALS = timedelta(hours=1)
# Nobody notices a smaller difference; breadcrumbs of two machines fall out of order beyond it.
TOLERATED_SKEW = timedelta(seconds=30)
KNOCK_SECONDS = 1.0
SCARCE_BYTES = GIB
BACKLOG_WORTH_TELLING = 1_000


class Severity(StrEnum):
    """How much a finding matters, the least first."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(Struct, frozen=True, kw_only=True):
    """What is the case (`title`), what that means, and what to do about it."""

    severity: Severity
    title: str
    meaning: str = ""
    advice: str = ""


class Examination(Struct, frozen=True, kw_only=True):
    """Everything found, the worst first; who called and what was refused, the newest first."""

    taken_at: datetime
    url: str
    findings: tuple[Finding, ...]
    callers: tuple[Caller, ...]
    refusals: tuple[Refusal, ...]


def examine(connection: Connection, settings: Settings, *, now: datetime) -> Examination:
    """Look at everything. Takes up to a second, as it knocks at the engine's door."""
    running = address.read(settings.data_dir)
    callers = tuple(caller_store.newest(connection))
    recent = [caller for caller in callers if now - caller.last_seen <= RECENT]
    refusals = tuple(queue.refusals(connection))
    findings = [
        *_engine(running, settings),
        *_traffic(callers, recent),
        *_clocks(recent),
        *_refused(refusals, now),
        *_queue(queue.status(connection)),
        *_surroundings(settings),
        *_browsers(recent),
    ]
    order = [*Severity][::-1]
    findings.sort(key=lambda finding: order.index(finding.severity))
    return Examination(
        taken_at=now,
        url=address.find(settings),
        findings=tuple(findings),
        callers=callers,
        refusals=refusals,
    )


def _engine(running: Listening | None, settings: Settings) -> Iterator[Finding]:
    if running is None:
        yield Finding(
            severity=Severity.PROBLEM,
            title="The engine does not run on this folder.",
            meaning=f"Nobody takes errors for {settings.data_dir}.",
            advice="Open the window (main.py) or run main.py serve; name the same --data-dir here, if any.",
        )
        return
    yield _knock(running.url)
    yield _reach(running.url, settings)
    if running.spotlight:
        yield Finding(
            severity=Severity.OK, title=f"Spotlight's clients are heard on {running.spotlight}.",
            meaning="SENTRY_SPOTLIGHT=1 is enough for an app that calls init() without a DSN.",
        )  # fmt: skip
    elif running.no_spotlight:
        yield Finding(
            severity=Severity.NOTE,
            title=f"Spotlight's clients are not heard: {running.no_spotlight}.",
            meaning="SENTRY_SPOTLIGHT=1 does nothing here; a DSN works all the same.",
            advice="End what uses that port, often a Spotlight sidecar, and start Arecibo again.",
        )
    if running.smtp:
        yield Finding(severity=Severity.OK, title=f"Error mails are taken at {running.smtp}.")
    elif running.no_smtp:
        yield Finding(
            severity=Severity.WARNING,
            title=f"Error mails are not taken: {running.no_smtp}.",
            advice="End that program, or choose another smtp_port, and start Arecibo again.",
        )


def _knock(url: str) -> Finding:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=KNOCK_SECONDS)
    try:
        connection.request("GET", "/")
        said = json.loads(connection.getresponse().read(65_536))
    except OSError as error:
        return Finding(
            severity=Severity.PROBLEM,
            title=f"Nobody answers at {url}: {error}.",
            meaning="The engine noted this address, and does not answer there: it is stuck or was killed.",
            advice="Start it again. If that does not help, a firewall on this machine may close the port.",
        )
    except (http.client.HTTPException, ValueError):
        said = None
    finally:
        connection.close()
    if not isinstance(said, dict) or said.get("name") != "Arecibo":
        return Finding(
            severity=Severity.PROBLEM,
            title=f"At {url} another program answers.",
            meaning="Errors sent there do not come here.",
            advice="End that program, or start Arecibo with another --port.",
        )
    return Finding(severity=Severity.OK, title=f"The engine answers at {url}.")


def _reach(url: str, settings: Settings) -> Finding:
    where = urlsplit(url)
    found = reach.of(url, settings)
    if found is None:
        return Finding(
            severity=Severity.NOTE,
            title="Only programs on this machine can send errors.",
            meaning="To an app in a container, a virtual machine or a phone, localhost is itself.",
            advice="Start it with --host 0.0.0.0 for those. A container then sends to "
            f"host.docker.internal:{where.port} (on Linux with the option "
            "--add-host=host.docker.internal:host-gateway).",
        )
    firewall = f"If they do not arrive, let TCP port {where.port} through this machine's firewall."
    if found.needs_key:
        meaning = "What comes without a known key is refused with 403."
        return Finding(severity=Severity.NOTE, title=found.title, meaning=meaning, advice=firewall)
    return Finding(
        severity=Severity.WARNING,
        title=found.title,
        meaning="Errors hold secrets, and nobody has to log in to send one. Nobody can read any from there.",
        advice=f"{reach.advice(paths.config_dir() / paths.SETTINGS)} {firewall}",
    )


def _traffic(callers: Sequence[Caller], recent: Sequence[Caller]) -> Iterator[Finding]:
    minutes = RECENT.seconds // 60
    if recent:
        names = ", ".join(dict.fromkeys(caller.client for caller in recent[:5]))
        title = f"In the last {minutes} minutes these called in: {names}."
        yield Finding(severity=Severity.OK, title=title)
        return
    title, last = "Nobody has ever called in.", ""
    if callers:
        title = f"Nobody has called in the last {minutes} minutes."
        last = f"The last call was at {callers[0].last_seen.astimezone():%Y-%m-%d %H:%M}. "
    yield Finding(
        severity=Severity.WARNING,
        title=title,
        meaning=f"{last}A client sends nothing until an error happens, and drops it when nobody listens.",
        advice="Send a test error first (main.py send-test). Then see that the app was started with the "
        "lines that point it here, that they run before the error, that they name this port, and that "
        "no proxy (HTTP_PROXY) is between.",
    )


def _clocks(recent: Sequence[Caller]) -> Iterator[Finding]:
    for caller in recent:
        skew = timedelta(seconds=caller.skew_seconds or 0.0)
        if abs(skew) < TOLERATED_SKEW:
            continue
        ahead = skew > timedelta()
        yield Finding(
            severity=Severity.WARNING if ahead else Severity.NOTE,
            title=f"The clock of {caller.client} ({caller.project}) is {_words(abs(skew))} "
            f"{'ahead' if ahead else 'behind, or its errors come late'}.",
            meaning="Issues are listed by the time of arrival; the event's own time is shown as it was sent.",
            advice="Set the clock of that machine (NTP)." if ahead else "",
        )


def _words(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"


def _refused(refusals: Sequence[Refusal], now: datetime) -> Iterator[Finding]:
    recent = [refusal for refusal in refusals if now - refusal.at <= RECENT_REFUSALS]
    for (status, reason), number in Counter((each.status, each.reason) for each in recent).most_common(5):
        often = f" ({number} times in the last hour)" if number > 1 else ""
        yield Finding(
            severity=Severity.PROBLEM if status >= 500 else Severity.WARNING,
            title=f"Turned away with {status}{often}: {reason}",
            advice=_https(reason) or _ADVICE.get(status, "The list below shows what was sent."),
        )


def _https(reason: str) -> str:
    return "Begin the address with http:// in that client's settings." if "https://" in reason else ""


_ADVICE = {
    400: "What came is no report. The list below shows its first kilobytes.",
    403: "Take the key into known_keys, or empty that setting: then any key is welcome.",
    404: "Compare the address in the client's settings with those under Connect an app.",
    408: "The client fell silent in the middle: it was stopped, or a proxy holds its request back.",
    413: "Let the client send less, or raise max_body_bytes or max_decoded_bytes.",
    415: "Switch compression off in that client, or use gzip, deflate, br or zstd.",
    421: "Send to localhost, 127.0.0.1 or host.docker.internal. Names of other machines are refused: a web "
    "page could hide behind one.",
    431: "Something adds very large headers, such as cookies of localhost. Send to 127.0.0.1 instead.",
    500: "That is a bug in Arecibo. Its log says where.",
    503: "The disk is full or too slow, or the digest is far behind. The Queue view shows what waits.",
}


def _queue(status: QueueStatus) -> Iterator[Finding]:
    if status.dead:
        yield Finding(
            severity=Severity.WARNING,
            title=f"{status.dead:,} reports could not be digested.",
            meaning="They are kept, with the traceback of the last try.",
            advice="The Queue view shows why.",
        )
    if status.pending > BACKLOG_WORTH_TELLING:
        yield Finding(
            severity=Severity.NOTE,
            title=f"{status.pending:,} reports wait to be digested.",
            meaning="They are safe on disk, and show as the digest catches up.",
        )


def _surroundings(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.data_dir).free
    if free < SCARCE_BYTES:
        yield Finding(
            severity=Severity.WARNING,
            title=f"Only {free // (1 << 20):,} MiB are free where {settings.data_dir} is.",
            meaning="When the disk is full, errors are answered with 503 and lost by most clients.",
            advice="Free some space, or lower total_bytes under [retention].",
        )
    if settings.known_keys:
        yield Finding(
            severity=Severity.NOTE,
            title=f"Only these keys are welcome: {', '.join(settings.known_keys)}.",
            meaning="Whoever sends another key, or none, is answered 403 (setting known_keys).",
        )


def _browsers(recent: Sequence[Caller]) -> Iterator[Finding]:
    if recent and not any("browser" in caller.client.lower() for caller in recent):
        return
    yield Finding(
        severity=Severity.NOTE,
        title="A page from a public address cannot send errors to this machine by itself.",
        meaning="Browsers ask before such a page may reach localhost (Local Network Access), and without a "
        "window they refuse. A page on http://localhost is free to send, and so is an https page, as "
        "loopback is no mixed content.",
        advice="For such a page use the client's tunnel through the app's own server.",
    )
