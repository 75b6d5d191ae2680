"""What Windows takes the window for: a program of its own in the taskbar, and not another Python."""

import sys

# As in the bundle's identifier on macOS. Pinned icons and notices are grouped by it.
NAME = "app.arecibo"

if sys.platform == "win32":
    import ctypes


def name_program() -> None:
    """Tell Windows, before there is a window ("Application User Model IDs" in Microsoft's documentation)."""
    if sys.platform == "win32":
        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(ctypes.c_wchar_p(NAME))
