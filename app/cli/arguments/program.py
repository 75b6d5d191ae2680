"""What is asked about the program itself: its version, how it is updated, what completes its commands."""

import argparse
from collections.abc import Sequence

from app import cli
from app.cli.arguments.add import Add
from app.plain_text import say

SHELLS = ("bash", "zsh", "fish")


class ShowVersion(argparse.Action):
    """`--version`: prints it, and ends the program. What is found out for it is loaded only then."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        _namespace: argparse.Namespace,
        _values: str | Sequence[object] | None,
        _flag: str | None = None,
    ) -> None:
        """Print the version, and exit with 0."""
        say(cli.installation.describe(cli.installation.find()))
        parser.exit()


def add_program(whole: argparse.ArgumentParser, add: Add) -> None:
    """Add `--version` to the `whole`, and the commands."""
    whole.add_argument(
        "--version", action=ShowVersion, nargs=0, help="print version, commit, Python and Qt, and exit"
    )
    add("update", "say how this installation is updated; nothing is looked for over the network")
    completion = add("completion", "print what completes these commands in a shell")
    completion.add_argument("shell", choices=SHELLS)
