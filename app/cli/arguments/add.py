"""How the parsers of commands are made."""

import argparse
from collections.abc import Callable

Add = Callable[..., argparse.ArgumentParser]
"""Adds a command: its name, what it does in a sentence, and the parsers whose flags it has, too."""
