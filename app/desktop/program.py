"""The command that starts Arecibo from the desktop, and its icon."""

from pathlib import Path

from app import paths, program_command

ROOT = program_command.ROOT
ICON = ROOT / "resources" / "arecibo.svg"


def command(data_dir: Path) -> tuple[str, ...]:
    """Program and arguments that open the window on this folder, wherever they are run."""
    own = data_dir.absolute() != paths.data_dir().absolute()
    return program_command.command(data_dir=data_dir if own else None)
