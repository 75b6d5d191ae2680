"""Arecibo as what opens its links: the registry of Windows, and an application's own list on macOS."""

import plistlib

from app.desktop import link_scheme
from app.platforms import command_words
from tests.platforms.memory_registry import MemoryRegistry

PROGRAM = (
    r"C:\Users\Ada Lovelace\arecibo\.venv\Scripts\pythonw.exe",
    r"C:\Users\Ada Lovelace\arecibo\main.py",
)


def test_the_registry_says_what_opens_a_link() -> None:
    registry = MemoryRegistry()
    link_scheme.register(PROGRAM, r"C:\a\arecibo.ico", registry)
    key = r"HKCU\Software\Classes\arecibo"
    assert registry.value(key) == "URL:Arecibo"
    assert registry.value(key, "URL Protocol") == "", "without it Windows takes the key for a file type"
    assert registry.value(rf"{key}\DefaultIcon") == r"C:\a\arecibo.ico"
    command = registry.value(rf"{key}\shell\open\command")
    assert command is not None
    filled = command.replace("%1", "arecibo://issue/7")
    assert command_words.split(filled, "win32") == [*PROGRAM, "arecibo://issue/7"]


def test_it_goes_with_all_that_is_below_it() -> None:
    registry = MemoryRegistry()
    registry.write(r"HKCU\Software\Classes\areciboo", "", "another's")
    link_scheme.register(PROGRAM, "", registry)
    link_scheme.unregister(registry)
    link_scheme.unregister(registry)
    assert list(registry.values.values()) == ["another's"]


def test_an_application_of_macos_says_so_itself() -> None:
    said = plistlib.loads(plistlib.dumps(link_scheme.bundle_properties("2.0.1")))
    (types,) = said["CFBundleURLTypes"]
    assert types["CFBundleURLSchemes"] == ["arecibo"]
    assert said["CFBundleShortVersionString"] == said["CFBundleVersion"] == "2.0.1"
    assert said["CFBundlePackageType"] == "APPL"
