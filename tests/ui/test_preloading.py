"""What is loaded after the first rows, so that nobody waits for it later."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.store.database import Database
from tests.ui.detail.arrivals import Arrivals

LOADED_BY = """
import sys
from pathlib import Path
from app.store.database import open_existing
from ui import preloading

preloading.load_pages()
preloading.load_detail()
with open_existing(Path(sys.argv[1])).reading() as connection:
    preloading.read_an_event(connection)
    before = set(sys.modules)
    from ui.detail.loader import read_newest
    read_newest(connection, 1)
print(len(set(sys.modules) - before), *before)
"""


@pytest.mark.parametrize("events", [0, 1])
def test_an_event_loads_nothing_more(database: Database, events: int) -> None:
    arrivals = Arrivals(database)
    for _ in range(events):
        arrivals.send(request={"headers": {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}})
    ended = subprocess.run(
        [sys.executable, "-c", LOADED_BY, str(database.file.parent)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    more, *loaded = ended.stdout.split()
    assert more == "0"
    pages = {
        "ui.queue.view",
        "ui.doctor.view",
        "ui.detail.pane",
        "app.protocols.table",
        "app.digest.grouping",
    }
    assert pages <= set(loaded)
    assert "ua_parser" not in loaded, "it takes 30 MB, and holds the interpreter while it loads"
