"""Commands about the program itself: how it is updated, and what completes its commands in a shell."""

import sys
from argparse import Namespace

import shtab

from app import program_command
from app.cli import installation
from app.cli.arguments.parser import parser
from app.cli.exit_codes import DONE
from app.plain_text import say
from app.settings import Settings


def update(_settings: Settings, _given: Namespace) -> int:
    """Print how this installation is updated; nothing is asked of anybody."""
    say(installation.how_to_update(installation.find()))
    return DONE


def completion(_settings: Settings, given: Namespace) -> int:
    """Print what completes the commands in a shell."""
    if program_command.NAME == "main.py":
        say(
            "A shell completes commands that are on its path: install Arecibo as a package for that "
            "(docs/packaging.md). This is for the command arecibo.",
            error=True,
        )
    whole = parser()
    whole.prog = "arecibo"
    # As it is: a script is not a text to show.
    sys.stdout.write(f"{shtab.complete(whole, given.shell)}\n")
    return DONE
