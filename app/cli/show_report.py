"""`main.py FILE.arecibo`: an exported report is imported and shown, as a desktop opens files."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from app import sharing
from app.cli.exit_codes import ENVIRONMENT_ERROR, FAILED, USAGE_ERROR
from app.desktop.app_link import AppLink
from app.plain_text import say
from app.runs.engine_start import NoEngine, RunEngine
from app.settings import Settings


def import_and_show(settings: Settings, given: Namespace, show: Callable[[AppLink], int]) -> int:
    """Import the file, by an engine started for that if none runs, and `show` its event."""
    if len(given.files) != 1:
        say("One file can be shown: import the others without --show.", error=True)
        return USAGE_ERROR
    path = local_path(given.files[0])
    engine = RunEngine(settings)
    try:
        result = sharing.sending.post(engine.url(), sharing.import_files.read(path), path.name)
        if result.ok:
            engine.settle()
    except sharing.import_files.CannotImport as error:
        say(error, error=True)
        return FAILED
    except NoEngine as error:
        say(error, error=True)
        return ENVIRONMENT_ERROR
    finally:
        engine.stop()
    say(result.message, error=not result.ok)
    return show(AppLink(event_id=result.event_id)) if result.ok and result.event_id else FAILED


def local_path(named: Path) -> Path:
    """The file that is meant: a desktop may give an address, `file:///home/…`, for its path."""
    # As a path it has lost two of its slashes.
    is_address = str(named).lower().startswith("file:")
    return Path(unquote(urlsplit(named.as_posix()).path)) if is_address else named
