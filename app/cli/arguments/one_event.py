"""How the commands print that print one event: readable, as JSON, as Markdown."""

import argparse

from app.cli.arguments.values import count
from app.sharing.limits import LEAST_CHARACTERS, MOST_CHARACTERS


def printing() -> argparse.ArgumentParser:
    """The flags for it."""
    flags = argparse.ArgumentParser(add_help=False)
    form = flags.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON on one line")
    form.add_argument("--markdown", action="store_true", help="print Markdown, without secrets")
    flags.add_argument(
        "--budget",
        type=_budget,
        metavar="CHARACTERS",
        help="how long the Markdown may be (default: as chosen in the window)",
    )
    return flags


def _budget(text: str) -> int:
    characters = count(text)
    if not LEAST_CHARACTERS <= characters <= MOST_CHARACTERS:
        raise argparse.ArgumentTypeError(f"must be from {LEAST_CHARACTERS:,} to {MOST_CHARACTERS:,}")
    return characters
