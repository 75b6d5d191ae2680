"""Whether the engine runs and answers, and who can reach it."""

import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from app import intake_pause, paths
from app.clock import now_micros
from app.doctor.finding import Finding, Severity
from app.engine import reach
from app.engine.address import EngineAddresses
from app.intake_pause import Pause
from app.program_command import NAME
from app.settings import Settings

KNOCK_SECONDS = 1.0


def engine(running: EngineAddresses | None, settings: Settings) -> Iterator[Finding]:
    """Whether the engine answers on its port; takes up to a second."""
    if running is None:
        yield Finding(
            severity=Severity.PROBLEM,
            title="The engine does not run on this folder.",
            meaning=f"Nobody takes errors for {settings.data_dir}.",
            advice=f"Open the window ({NAME}) or run {NAME} serve; name the same --data-dir here, if any.",
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


def is_there(running: EngineAddresses | None) -> bool:
    """Whether the engine's port is open: an engine that is too busy to answer counts as running."""
    if running is None:
        return False
    where = urlsplit(running.url)
    try:
        socket.create_connection((where.hostname or "", where.port or 80), KNOCK_SECONDS).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True


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
    if isinstance(trouble := said.get("trouble"), str):
        return Finding(
            severity=Severity.PROBLEM,
            title=f"The engine takes no errors: {trouble}",
            meaning="Clients are answered 503, and most of them drop what they had to send.",
            advice="What was taken away can be put back, and work goes on. The window's banner and a restart "
            "begin a new store; what the old one holds is copied out first.",
        )
    if (pause := _pause(said)) is not None:
        return Finding(
            severity=Severity.PROBLEM,
            title=f"{intake_pause.describe(pause.since, pause.until, pause.turned_away, now=now_micros())}.",
            meaning="Each report is answered 503 with Retry-After; many clients drop it, some send it again.",
            advice=f"Resume in the window's banner or its tray menu, or run {NAME} resume.",
        )
    return Finding(severity=Severity.OK, title=f"The engine answers at {url}.")


def _pause(said: dict[str, object]) -> Pause | None:
    try:
        return msgspec.convert(said.get("paused"), Pause | None)
    except msgspec.ValidationError:
        return None


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
