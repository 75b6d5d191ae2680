"""Durable reports a second ÷ those of the same receiver with a preallocated file in place of the store.

    python -m bench.scale.journal serve DATA_DIR

is that other receiver: each batch goes into the file with one write, and one fdatasync before its answers.
Nothing reads the file. It is what a durable answer costs at least.
"""

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from app.receiver.group_commit import GroupCommit
from app.receiver.server import Receiver
from app.settings import Settings
from app.store.database import Connection, Database, open_for_engine
from app.store.queue.report_queue import NewRow
from bench import load
from bench.scale import engine
from bench.scale.figures import Figure, Wanted

ONE = Figure("1 connection, reports ÷ those of a journal", "×", Wanted.AT_LEAST, 0.8)
EIGHT = Figure("8 connections, reports ÷ those of a journal", "×", Wanted.AT_LEAST, 0.8)
FIGURES = (ONE, EIGHT)
CONNECTIONS = {ONE: 1, EIGHT: 8}
ROUNDS = 3
SECONDS = 3.0
JOURNAL_BYTES = 256 << 20
ZEROS = bytes(1 << 20)
LISTENING = re.compile(r"listening on http://.*:(\d+)")


class _Journal(GroupCommit):
    """Writes batches into a file that is as long as it gets, from its beginning again when it is full."""

    def __init__(self, database: Database, settings: Settings) -> None:
        super().__init__(database, settings)
        self._file = os.open(settings.data_dir / "journal", os.O_RDWR | os.O_CREAT)
        for _mebibyte in range(JOURNAL_BYTES // len(ZEROS)):
            os.write(self._file, ZEROS)
        os.fsync(self._file)
        self._at = 0

    def _append(self, _connection: Connection, rows: Sequence[NewRow]) -> None:
        content = msgspec.msgpack.encode(rows)
        entry = b"%16d%16d" % (len(content), zlib.crc32(content)) + content
        if self._at + len(entry) > JOURNAL_BYTES:
            self._at = 0
        os.pwrite(self._file, entry, self._at)
        os.fdatasync(self._file)
        self._at += len(entry)


def measure(folder: Path) -> dict[str, float]:
    """Measure both in turns: the engine, its digest beside it, on the store in `folder`."""
    found = {}
    for figure, connections in CONNECTIONS.items():
        ratios = []
        for _round in range(ROUNDS):
            beside = folder.with_name("journal")
            with _receiver(beside) as port:
                journal = _rate(port, connections)
            shutil.rmtree(beside)
            with engine.running(folder) as port:
                ratios.append(_rate(port, connections) / journal)
        found[figure.name] = statistics.median(ratios)
    return found


def _rate(port: int, connections: int) -> float:
    return load.run(port, "plain", connections=connections, warm_up=1.0, seconds=SECONDS).rate


@contextmanager
def _receiver(folder: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.scale.journal", "serve", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        match = LISTENING.match(process.stdout.readline())
        if match is None:
            raise RuntimeError("The receiver with the journal did not start.")
        yield int(match[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def serve(folder: Path) -> None:
    """Take reports into a journal in `folder` until a SIGTERM."""
    settings = Settings(data_dir=folder, port=0, spotlight=False, smtp_port=None, max_backlog_reports=10**9)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    database = open_for_engine(folder).database
    commits = _Journal(database, settings)
    commits.start()
    receiver = Receiver(settings, commits)
    print(f"listening on http://127.0.0.1:{receiver.start()}", flush=True)
    signal.sigwait([signal.SIGTERM])
    receiver.stop()
    commits.stop()
    database.close()


if __name__ == "__main__":
    serve(Path(sys.argv[2]))
