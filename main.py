"""Arecibo's only entry: the window, or one of the commands of `app.cli.command_line`."""

import gc
import sys

import ui
from app.cli import command_line
from app.desktop.app_link import AppLink
from app.settings import Settings


def open_window(settings: Settings, link: AppLink | None = None) -> int:
    """Open the window, or bring the one to the front that is open on this folder; returns the exit code.

    With a `link`, the window shows what that names.
    """
    # What is loaded up to the first paint stays, and looking for garbage takes a twentieth of that time.
    # From then on `ui.garbage` does.
    gc.disable()
    # Qt is loaded here: the commands run where it is not installed, and start without the time that it takes.
    if ui.running_window.raise_it(settings.data_dir, link=link):
        print("Arecibo is open on this folder already: its window has come to the front.")
        return 0
    ui.plain_import.restore()
    return ui.application.run(settings, link)


def main() -> int:
    """Do what this process's arguments say; returns the exit code."""
    return command_line.main(sys.argv[1:], open_window, open_window)


if __name__ == "__main__":
    sys.exit(main())
