"""What Windows takes the window for."""

import re

from app.desktop import link_scheme
from ui.desktop import taskbar


def test_the_name_is_one_that_windows_takes_and_the_same_as_on_macos() -> None:
    assert taskbar.NAME == link_scheme.BUNDLE_ID
    assert re.fullmatch(r"[A-Za-z0-9.]{1,128}", taskbar.NAME), "no blanks, at most 128 characters"
    taskbar.name_program()
