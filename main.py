"""Arecibo's only entry: the window, or one of the commands of `app.cli.command_line`."""

import sys

from app.cli import command_line
from app.settings import Settings


def open_window(settings: Settings) -> int:
    """Open the window, or bring the one to the front that is open on this folder; returns the exit code."""
    # The commands run where no Qt is installed, and start without the time it takes to load.
    from ui.link import running_window

    if running_window.raise_it(settings.data_dir):
        print("Arecibo is open on this folder already: its window has come to the front.")
        return 0
    from ui.application import run

    return run(settings)


if __name__ == "__main__":
    sys.exit(command_line.main(sys.argv[1:], open_window))
