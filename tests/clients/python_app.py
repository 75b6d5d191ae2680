"""A Python app for one run: the catalogue's lines for a client, and a driver that raises errors."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from app import clients, detail
from app.model import Event, Report
from app.store.database import open_existing
from app.store.inbox.lists import events
from app.store.queue import queue_overview, report_queue
from tests.clients.python import drive, environments
from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT, EngineProcess, wait_until

AT_ONCE = 4
# The text of every case names the case: "order flask", "the cart of message".
CASE = re.compile(r"\b(?:order|orders of|cart of) (\w+)|nightly-backup")


class PythonClient(Struct, frozen=True, kw_only=True):
    """A client: its name in the catalogue, its driver, and the environment of its own, if it has one.

    `sends` is what it reports of an error; `sdk` is its name in its reports, or the beginning of that.
    """

    entry: str
    driver: str
    package: str
    sdk: str
    cases: tuple[str, ...]
    sends: frozenset[str]
    environment: str = ""

    def __str__(self) -> str:
        return f"{self.package}-{self.environment}" if self.environment else self.entry

    @property
    def project(self) -> str:
        """A unique project name that every client may send."""
        return re.sub(r"\W+", "_", str(self)).strip("_").lower()


class Run(Struct, kw_only=True):
    """What arrived in the engine from a client's run, and how the run ended."""

    client: PythonClient
    exit_code: int
    stderr: str
    began: datetime
    ended: datetime
    version: str
    reports: list[Report]
    events: dict[str, list[Event]]

    def event(self, case: str) -> Event:
        """The only event of a case."""
        found = self.events.get(case, [])
        assert len(found) == 1, (case, {name: len(some) for name, some in self.events.items()}, self.stderr)
        return found[0]

    @property
    def complaints(self) -> str:
        """What the client wrote to stderr, without Python's own traceback of the uncaught error."""
        before, _, after = self.stderr.partition(drive.CRASH_MARKER)
        words = after.strip()
        own = words.startswith("Traceback") and words.endswith(
            "PaymentError: payment failed for order unhandled"
        )
        return before + ("" if own else after)


class _Finished(Struct):
    client: PythonClient
    began: datetime
    ended: datetime
    exit_code: int
    stderr: str
    version: str


def run(engine: EngineProcess, some: Sequence[PythonClient], folder: Path) -> list[Run]:
    """Run the clients' apps, a few at the same time; returns what arrived."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        finished = list(pool.map(lambda client: _drive(engine, client, folder / client.project), some))
    reports, found = _arrived(engine)
    return [
        Run(
            client=one.client,
            exit_code=one.exit_code,
            stderr=one.stderr,
            began=one.began,
            ended=one.ended,
            version=one.version,
            reports=[report for report in reports if _names(report, one.client.project)],
            events=_by_case(event for event in found if event.project == one.client.project),
        )
        for one in finished
    ]


def _drive(engine: EngineProcess, client: PythonClient, folder: Path) -> _Finished:
    (entry,) = [one for one in clients.clients(engine.url, client.project) if one.name == client.entry]
    python = environments.python_of(client.environment) if client.environment else Path(sys.executable)
    in_shell = entry.language == "shell"
    folder.mkdir()
    app = folder / "app.py"
    lines = "" if in_shell else entry.code
    words = ", ".join(map(repr, (client.driver, *client.cases)))
    app.write_text(
        f"{lines}\n\nfrom tests.clients.python.drive import main\n\nmain(globals(), {words})\n", "utf-8"
    )
    began = datetime.now(UTC)
    process = subprocess.Popen(
        ["sh", "-ec", entry.code] if in_shell else [python, app],
        cwd=folder if in_shell else ROOT,
        env={
            "PATH": f"{python.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "SENTRY_RELEASE": "1.2.3",
            "SENTRY_ENVIRONMENT": "test",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    stderr = _read_stderr(process)
    ended = datetime.now(UTC)
    return _Finished(client, began, ended, process.returncode, stderr, _version(python, client.package))


def _read_stderr(process: subprocess.Popen[str]) -> str:
    """What a process wrote to stderr until its end; one that hangs is killed, which the last line says."""
    try:
        _nothing, stderr = process.communicate(timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        _nothing, stderr = process.communicate()
        stderr += f"\nstill running after {PATIENCE_SECONDS:.0f} s"
    return stderr


def _arrived(engine: EngineProcess) -> tuple[list[Report], list[Event]]:
    database = open_existing(engine.data_dir)

    def is_idle() -> bool:
        with database.reading() as connection:
            return queue_overview.status(connection).pending == 0

    wait_until(is_idle, "the digest to finish")
    with database.reading() as connection:
        numbers = range(1, report_queue.last_number(connection) + 1)
        reports = [report for n in numbers if (report := report_queue.get(connection, n)) is not None]
        summaries = events.after(connection, 0, limit=10_000)
        details = [detail.read_event(connection, summary.pk) for summary in summaries]
    database.close()
    return reports, [one.event for one in details if one is not None]


def _names(report: Report, project: str) -> bool:
    """Whether a report belongs to this project, which some name in their head or body only."""
    return (
        project == report.project or f"({project})".encode() in report.head or project.encode() in report.body
    )


def _by_case(found: Iterable[Event]) -> dict[str, list[Event]]:
    cases: dict[str, list[Event]] = {}
    for event in found:
        case = CASE.search(f"{event.title} {event.message}")
        name = (case[1] or "checkin") if case else f"unknown: {event.title}"
        cases.setdefault(name, []).append(event)
    return cases


def _version(python: Path, package: str) -> str:
    (folder,) = (python.parent.parent / "lib").glob("python*/site-packages")
    found = [found.version for found in metadata.distributions(name=package, path=[str(folder)]) if package]
    return found[0] if found else ""
