"""The command line: a contract that scripts rely on (the table is in docs/command-line.md).

`command_line` parses, `commands` says which function does what; each command loads only what it needs.
"""

from typing import TYPE_CHECKING

from app.lazy_door import lazy_door

if TYPE_CHECKING:
    from app.cli import arrival_commands as arrival_commands
    from app.cli import assistant_command as assistant_command
    from app.cli import backup_commands as backup_commands
    from app.cli import commands as commands
    from app.cli import desktop_command as desktop_command
    from app.cli import fault_command as fault_command
    from app.cli import forward_commands as forward_commands
    from app.cli import grouping_commands as grouping_commands
    from app.cli import intake_commands as intake_commands
    from app.cli import issue_commands as issue_commands
    from app.cli import notice_commands as notice_commands
    from app.cli import open_command as open_command
    from app.cli import printing as printing
    from app.cli import queue_commands as queue_commands
    from app.cli import read_commands as read_commands
    from app.cli import repair_commands as repair_commands
    from app.cli import run_commands as run_commands
    from app.cli import runs_command as runs_command
    from app.cli import send_test as send_test
    from app.cli import serving as serving
    from app.cli import sharing_commands as sharing_commands
    from app.cli import tail as tail
    from app.cli import verify_command as verify_command
    from app.cli import wait_commands as wait_commands

__getattr__ = lazy_door(
    __name__,
    {
        "": "arrival_commands assistant_command backup_commands commands desktop_command fault_command"
        " forward_commands grouping_commands intake_commands issue_commands notice_commands open_command"
        " printing queue_commands read_commands repair_commands run_commands runs_command send_test serving"
        " sharing_commands tail verify_command wait_commands",
    },
)
