"""Which function runs which command; its module is loaded only when the command is given.

The modules that correct the grouping take longer to load than `status` takes to run, and JSON output needs
none that draw tables: so modules are referenced through the package's lazy door.
"""

import gc
from argparse import Namespace
from collections.abc import Callable

from app import cli
from app.cli.exit_codes import ENVIRONMENT_ERROR
from app.plain_text import say
from app.settings import Settings
from app.store.errors import StoreError

Command = Callable[[Settings, Namespace], int]

_COMMANDS: dict[str, Callable[[], Command]] = {
    "serve": lambda: cli.serving.serve,
    "live": lambda: cli.serving.live,
    "issues": lambda: cli.read_commands.issues,
    "events": lambda: cli.read_commands.events,
    "event": lambda: cli.arrival_commands.event,
    "open": lambda: cli.open_command.open_frame,
    "status": lambda: cli.read_commands.status,
    "issue": lambda: cli.wait_commands.issue,
    "mcp": lambda: cli.assistant_command.serve,
    "read": lambda: cli.run_commands.read,
    "run": lambda: cli.run_commands.run,
    "runs": lambda: cli.runs_command.list_runs,
    "verify": lambda: cli.verify_command.verify,
    "wait": lambda: cli.wait_commands.wait,
    "tail": lambda: cli.arrival_commands.tail,
    "doctor": lambda: cli.arrival_commands.examine,
    "send-test": lambda: cli.arrival_commands.send_test,
    "channels": lambda: cli.notice_commands.channels,
    "notices": lambda: cli.notice_commands.notices,
    "resolve": lambda: cli.issue_commands.resolve,
    "mute": lambda: cli.issue_commands.mute,
    "reopen": lambda: cli.issue_commands.reopen,
    "note": lambda: cli.issue_commands.note,
    "history": lambda: cli.issue_commands.print_history,
    "delete": lambda: cli.issue_commands.delete,
    "deleted": lambda: cli.issue_commands.print_deleted,
    "undelete": lambda: cli.issue_commands.undelete,
    "merge": lambda: cli.grouping_commands.merge,
    "split": lambda: cli.grouping_commands.split,
    "rules": lambda: cli.grouping_commands.rules,
    "regroupings": lambda: cli.grouping_commands.list_regroupings,
    "regroup": lambda: cli.grouping_commands.regroup,
    "queue": lambda: cli.queue_commands.run_queue,
    "jobs": lambda: cli.queue_commands.run_jobs,
    "pause": lambda: cli.intake_commands.pause,
    "resume": lambda: cli.intake_commands.resume,
    "forward": lambda: cli.forward_commands.forward,
    "fault": lambda: cli.fault_command.fault,
    "backup": lambda: cli.backup_commands.back_up,
    "restore": lambda: cli.backup_commands.restore,
    "desktop": lambda: cli.desktop_command.desktop,
    "import": lambda: cli.sharing_commands.import_files,
    "export": lambda: cli.sharing_commands.export,
}


def named(name: str) -> Command:
    """The function of the command with this name. Raises KeyError when there is none."""
    return _COMMANDS[name]()


def run(settings: Settings, given: Namespace) -> int:
    """Run `given.command`; returns the exit code."""
    try:
        return _load(given.command)(settings, given)
    except StoreError as error:
        say(error, error=True)
        return ENVIRONMENT_ERROR


def _load(name: str) -> Command:
    """As `named`, without the collection of garbage, which takes a tenth of the time of loading."""
    gc.disable()
    try:
        return named(name)
    finally:
        # What has been loaded stays.
        gc.freeze()
        gc.enable()
