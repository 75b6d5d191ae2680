r"""The registry of Windows, as the few questions and writes that Arecibo has for it.

A key is written with its root before it: `HKCU\Software\Classes\arecibo` is this person's, `HKLM\…` the
machine's, which is only read. A value without a name is a key's default.
"""

import sys
from typing import Protocol

if sys.platform == "win32":
    import winreg

    _ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}


class Registry(Protocol):
    """What is asked of it; each raises `OSError` where Windows refuses."""

    def value(self, key: str, name: str = "") -> str | None:
        """A value; None where there is no such key or value, or where it is no text."""

    def write(self, key: str, name: str, text: str) -> None:
        """Write a value, and the keys above it."""

    def remove_value(self, key: str, name: str) -> None:
        """Remove a value; one that is not there is no matter."""

    def remove_key(self, key: str) -> None:
        """Remove a key with all that is below it; one that is not there is no matter."""


class NoRegistry:
    """The registry of a platform that has none: nothing is in it."""

    def value(self, key: str, name: str = "") -> str | None:  # noqa: ARG002
        """Nothing."""
        return None

    def write(self, key: str, name: str, text: str) -> None:  # noqa: ARG002
        """Raises `OSError`: it would be lost."""
        raise OSError("Only Windows has a registry.")

    def remove_value(self, key: str, name: str) -> None:
        """Do nothing."""

    def remove_key(self, key: str) -> None:
        """Do nothing."""


if sys.platform == "win32":

    class WindowsRegistry:
        """That of this machine."""

        def value(self, key: str, name: str = "") -> str | None:
            """As in `Registry`."""
            root, path = _parts(key)
            try:
                with winreg.OpenKey(root, path) as opened:
                    text, kind = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            if kind == winreg.REG_EXPAND_SZ:
                return winreg.ExpandEnvironmentStrings(text)
            return text if kind == winreg.REG_SZ else None

        def write(self, key: str, name: str, text: str) -> None:
            """As in `Registry`."""
            root, path = _parts(key)
            with winreg.CreateKey(root, path) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove_value(self, key: str, name: str) -> None:
            """As in `Registry`."""
            root, path = _parts(key)
            try:
                with winreg.OpenKey(root, path, access=winreg.KEY_SET_VALUE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return

        def remove_key(self, key: str) -> None:
            """As in `Registry`."""
            root, path = _parts(key)
            try:
                with winreg.OpenKey(root, path) as opened:
                    children = [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
                for child in children:
                    self.remove_key(f"{key}\\{child}")
                winreg.DeleteKey(root, path)
            except FileNotFoundError:
                return

    def _parts(key: str) -> tuple[int, str]:
        root, _, path = key.partition("\\")
        return _ROOTS[root], path


def here() -> Registry:
    """The registry of this machine."""
    if sys.platform == "win32":
        return WindowsRegistry()
    else:  # noqa: RET505 - for the type checker, which knows one of both only
        return NoRegistry()
