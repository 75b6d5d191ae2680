"""What can be done by key: one table, the keys in force, and the actions that are made of both."""

from ui.commands.actions import Commands, make_actions
from ui.commands.command import Command
from ui.commands.table import COMMANDS, ON_THE_EVENT, SECTIONS_WITH_KEYS

__all__ = ["COMMANDS", "ON_THE_EVENT", "SECTIONS_WITH_KEYS", "Command", "Commands", "make_actions"]
