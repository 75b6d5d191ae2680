"""`main.py desktop install|remove`: Arecibo's entry in the menu of this desktop."""

from argparse import Namespace

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR
from app.desktop import menu_entry
from app.desktop.menu_entry import DesktopUnsupported
from app.plain_text import say
from app.settings import Settings


def desktop(settings: Settings, given: Namespace) -> int:
    """Write the entry for this data folder, or remove it."""
    try:
        if given.act == "install":
            entry = menu_entry.install(settings.data_dir)
            say(f"Arecibo is in the menu now, and opens arecibo:// addresses: {entry}")
        elif menu_entry.remove():
            say("Arecibo is in the menu no more.")
        else:
            say("Arecibo was not in the menu.")
    except (OSError, DesktopUnsupported) as error:
        say(error, error=True)
        return ENVIRONMENT_ERROR
    return DONE
