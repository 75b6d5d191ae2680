"""The command `mcp`: what assistants start, and speak to on its stdin and stdout."""

from argparse import Namespace

from app.assistants import server
from app.cli.exit_codes import DONE
from app.settings import Settings


def serve(settings: Settings, given: Namespace) -> int:
    """Serve one assistant until it closes stdin."""
    server.run(settings, read_only=given.read_only)
    return DONE
