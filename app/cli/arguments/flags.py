"""Flags that several commands have."""

import argparse
from pathlib import Path

from app.cli.arguments.values import count


def everywhere() -> argparse.ArgumentParser:
    """The folder, which every command takes."""
    # A flag may come before or after the command: a default must not overwrite a given value.
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    flags.add_argument("--data-dir", type=Path, metavar="DIR", help="the folder of the error store")
    return flags


def listening() -> argparse.ArgumentParser:
    """Where the engine listens."""
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    flags.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    flags.add_argument("--port", type=int, help="the port to listen on (default: 1974; 0 takes a free one)")
    return flags


def printing() -> argparse.ArgumentParser:
    """How a command prints what it found."""
    flags = argparse.ArgumentParser(add_help=False)
    flags.add_argument("--json", action="store_true", help="print JSON, one object a line")
    return flags


def limited() -> argparse.ArgumentParser:
    """How much a command prints."""
    flags = argparse.ArgumentParser(add_help=False)
    flags.add_argument("--limit", type=count, default=100, metavar="N", help="at most so many (default: 100)")
    return flags
