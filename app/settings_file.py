"""Changes the settings file for a person: comments, order and what is not meant stay as they were written.

A change that would make the file unusable is refused before it is written.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from filelock import FileLock
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable
from tomlkit.toml_document import TOMLDocument

from app import private_files, settings
from app.settings import SettingsError

_LONGEST_WAIT_SECONDS = 5
Value = str | int | float | bool | tuple[str, ...] | None


def change(file: Path, values: Mapping[str, Value]) -> dict[str, Value]:
    """Set these settings, such as `port` or `retention.days`; None removes one, so that its default holds.

    Returns what they were in the file, in the same form. Raises `SettingsError`.
    """
    try:
        private_files.make_folder(file.parent)
        with FileLock(file.with_name(f"{file.name}.lock"), timeout=_LONGEST_WAIT_SECONDS):
            document = _read(file)
            before = {name: _get(document, name.split(".")) for name in values}
            for name, value in values.items():
                _set(document, name.split("."), value)
            text = tomlkit.dumps(document)
            _demand_usable(text, file)
            private_files.write(file, text.encode())
    except OSError as error:
        raise SettingsError(f"The settings file {file} cannot be written: {error}.") from error
    return before


def _read(file: Path) -> TOMLDocument:
    try:
        return tomlkit.parse(file.read_text("utf-8"))
    except FileNotFoundError:
        return tomlkit.document()
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}. Mend or remove it."
        ) from error


def _demand_usable(text: str, file: Path) -> None:
    draft = file.with_name(f".draft-{file.name}")
    try:
        private_files.write(draft, text.encode())
        settings.load(environ={}, file=draft)
    except SettingsError as error:
        raise SettingsError(str(error).replace(str(draft), str(file))) from error
    finally:
        draft.unlink(missing_ok=True)


def _get(document: TOMLDocument, path: list[str]) -> Value:
    found: Any = document
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    plain = found.unwrap() if hasattr(found, "unwrap") else found
    return tuple(plain) if isinstance(plain, list) else plain


def _set(document: TOMLDocument, path: list[str], value: Value) -> None:
    *tables, name = path
    table: Any = document
    for each in tables:
        if each not in table:
            if value is None:
                return
            table[each] = tomlkit.table()
        table = table[each]
        if not isinstance(table, AbstractTable):
            raise SettingsError(f"{each} is a table of settings, and the file has a value of that name.")
    if value is None:
        if name in table:
            table.remove(name)
    else:
        table[name] = list(value) if isinstance(value, tuple) else value
