"""Imports that do not read the source of each module."""

import subprocess
import sys
from pathlib import Path

IMPORTED = """
import linecache
import ui
ui.plain_import.restore()
before = set(linecache.cache)
import colorsys
from PySide6.QtWidgets import QLabel
import ui.theme
assert set(linecache.cache) == before, "no source was read"
assert ui.theme.LIGHT.text.name() == "#1b1c22"
ui.plain_import.restore()
"""


def test_no_module_is_read_as_source() -> None:
    subprocess.run([sys.executable, "-c", IMPORTED], cwd=Path(__file__).parents[2], check=True)
