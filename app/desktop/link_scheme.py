"""Arecibo as the program that opens `arecibo://` addresses, on Windows and macOS.

On Windows it is a key of this person's registry ("Registering an Application to a URI Scheme" in Microsoft's
documentation). On macOS it is what the property list of an application says: only an application that is
packaged has one, and the system hands it the addresses as events (`ui/desktop/url_events.py`). On Linux it is
a part of the entry in the menu.
"""

import subprocess
from collections.abc import Sequence
from typing import Any

from app.desktop.app_link import SCHEME
from app.platforms.registry import Registry

KEY = rf"HKCU\Software\Classes\{SCHEME}"
BUNDLE_ID = "app.arecibo"


def entries(command: Sequence[str], icon: str) -> list[tuple[str, str, str]]:
    """What goes into the registry: keys, names and texts, for a command of ours and a file with an icon.

    Windows puts the address into the place of `%1`, within quotes: an address has no quote in it, and one
    that is no address of ours opens nothing (`app_link.parse`).
    """
    return [
        (KEY, "", "URL:Arecibo"),
        (KEY, "URL Protocol", ""),
        (rf"{KEY}\DefaultIcon", "", icon),
        (rf"{KEY}\shell\open\command", "", f'{subprocess.list2cmdline(command)} "%1"'),
    ]


def register(command: Sequence[str], icon: str, registry: Registry) -> None:
    """Have `command` open the addresses from now on. Raises `OSError`."""
    for key, name, text in entries(command, icon):
        registry.write(key, name, text)


def unregister(registry: Registry) -> None:
    """Open them no more. Raises `OSError`."""
    registry.remove_key(KEY)


def bundle_properties(
    version: str, executable: str = "arecibo", icon: str = "arecibo.icns"
) -> dict[str, Any]:
    """The Info.plist of an application for macOS, as `plistlib` writes it.

    Sources: "Bundle Configuration" and `CFBundleURLTypes` in Apple's documentation. `NSAppTransportSecurity`
    is not asked for: nothing here is loaded by Apple's own HTTP.
    """
    return {
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleName": "Arecibo",
        "CFBundleDisplayName": "Arecibo",
        "CFBundleExecutable": executable,
        "CFBundleIconFile": icon,
        "CFBundlePackageType": "APPL",
        "CFBundleInfoDictionaryVersion": "6.0",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleURLTypes": [
            {"CFBundleURLName": BUNDLE_ID, "CFBundleTypeRole": "Viewer", "CFBundleURLSchemes": [SCHEME]}
        ],
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": "12.0",
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticGraphicsSwitching": True,
    }
