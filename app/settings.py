"""All settings, in one typed place: defaults < TOML file < environment < flags.

The file is `settings.toml` in the config folder; a variable is the field's name in capitals behind
`ARECIBO_`, such as `ARECIBO_PORT`. A value that cannot be used is refused with a sentence that names it.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from app import paths, toml_lines

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
DECODED_BYTES = 20 * MIB
PREFIX = "ARECIBO_"
# Tables of the file: no variable and no flag sets them.
_TABLES = ("retention", "limits", "backup", "notifications")

Count = Annotated[int, Meta(ge=1)]
Port = Annotated[int, Meta(ge=0, le=65535)]


class SettingsError(Exception):
    """A setting cannot be used; the text says which one, where it came from and what is allowed."""


class Retention(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much is stored. The first and last event of an issue stay unless `total_bytes` is exceeded."""

    events_per_issue: Count = 1_000
    days: Count = 90
    total_bytes: Count = 2 * GIB


class BackupPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the store is backed up `daily`, how many of those are `kept`, and where.

    Without a `folder`, in `backups` in the data folder. A backup is as large as the store.
    """

    daily: bool = False
    kept: Count = 3
    folder: Path | None = None


class DesktopNotices(StrEnum):
    """When notices show on the desktop."""

    ALWAYS = "always"
    IN_BACKGROUND = "in-background"
    NEVER = "never"


class NotificationSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shows on this desktop: `do_not_disturb` shows nothing, whatever `desktop` says.

    `in-background`: on the desktop while the window is not in front, and in one line of it otherwise.
    Channels other than the desktop are not concerned: rules have their own hours.
    """

    desktop: DesktopNotices = DesktopNotices.IN_BACKGROUND
    do_not_disturb: bool = False


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of one report is read. The event says what was left out; the stored report is not changed.

    `events` and `attachments` apply to a report, `frames` to a stack, all others to an event. `items` is the
    most that an object or a list of any other kind may hold, `depth` how deep they may be nested. `text` and
    `name` count characters: of messages and values, and of names (a function, a file, a tag …). What a person
    opens shows up to 10,000 frames, 100,000 items and a million characters, whatever the digest reads.
    """

    events: Count = 100_000
    attachments: Count = 200
    exceptions: Count = 100
    frames: Count = 250
    threads: Count = 250
    breadcrumbs: Count = 500
    tags: Count = 200
    items: Count = 5_000
    depth: Count = 64
    text: Count = 64 * KIB
    name: Count = 2_000


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that can be set. Sizes are in bytes.

    `spotlight_port` is where Sentry's Spotlight mode sends to, without any DSN; `spotlight` switches that
    second listener off. `smtp_port` accepts e-mails, from this machine only; None accepts none.
    `known_keys` restricts the receiver to these project keys; empty accepts any key.
    `digest_inline` digests within the request: for tests, and where no background job may run.
    `max_refused_bytes` limits what is stored of refused requests; the oldest are deleted first.
    A report that cannot be digested is tried `retry_attempts` times, the second time after
    `retry_seconds`, and then after four times as long each.
    """

    host: str = "127.0.0.1"
    port: Port = 1974
    spotlight: bool = True
    spotlight_port: Port = 8969
    smtp_port: Port | None = None
    data_dir: Path = field(default_factory=paths.data_dir)
    known_keys: tuple[str, ...] = ()
    digest_inline: bool = False
    max_body_bytes: Count = 64 * MIB
    max_decoded_bytes: Count = DECODED_BYTES
    max_refused_bytes: Count = 64 * MIB
    max_backlog_reports: Count = 500_000
    max_backlog_bytes: Count = 4 * GIB
    retry_attempts: Count = 5
    retry_seconds: Annotated[float, Meta(gt=0)] = 2.0
    retention: Retention = field(default_factory=Retention)
    limits: Limits = field(default_factory=Limits)
    backup: BackupPolicy = field(default_factory=BackupPolicy)
    notifications: NotificationSettings = field(default_factory=NotificationSettings)


def current(chosen: Settings) -> Settings:
    """The settings with what the file says by now of retention and backups: a job asks with each run.

    While the file cannot be used, they stay as they were.
    """
    try:
        found = load(environ={})
    except SettingsError:
        return chosen
    return replace(chosen, retention=found.retention, backup=found.backup)


def overrides(
    flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The settings that the file does not decide, with what does: a variable's name, or a flag's."""
    found = {
        name: PREFIX + name.upper()
        for name in Settings.__struct_fields__
        if name not in _TABLES and PREFIX + name.upper() in environ
    }
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return found | {name: f"--{name.replace('_', '-')}" for name in given}


def load(
    flags: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    file: Path | None = None,
) -> Settings:
    """Read the settings from all four sources; a flag that is None was not given.

    Raises `SettingsError`.
    """
    file = file or paths.config_dir() / paths.SETTINGS
    values = _from_file(file)
    sources = dict.fromkeys(values, str(file))
    for name in Settings.__struct_fields__:
        variable = PREFIX + name.upper()
        if name not in _TABLES and variable in environ:
            values[name] = _listed(environ[variable]) if name == "known_keys" else environ[variable]
            sources[name] = variable
    for name, value in (flags or {}).items():
        if value is not None:
            values[name] = value
            sources[name] = f"--{name.replace('_', '-')}"
    return _checked(values, sources)


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # A fault of TOML says its line itself.
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}. Mend or remove it."
        ) from error


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _path(kind: type, value: object) -> object:
    return Path(value) if kind is Path and isinstance(value, str) else value


def _checked(values: dict[str, Any], sources: Mapping[str, str]) -> Settings:
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as error:
        where = next((sources[name] for name in sources if f"$.{name}" in str(error)), "")
        line = toml_lines.line_of(str(error), Path(where)) if where.endswith(paths.SETTINGS) else None
        named = f"{where}, line {line}" if line is not None else where
        raise SettingsError(
            f"A setting cannot be used{f' (from {named})' if named else ''}: {error}."
        ) from error


class _InForce(Struct):
    limits: Limits
    decoded_bytes: int
    locked: dict[str, str]


_FOR_A_PERSON = {"exceptions": 1_000, "frames": 10_000, "threads": 1_000, "items": 100_000, "text": MIB}
_for_a_person: ContextVar[Limits | None] = ContextVar("for_a_person", default=None)
_in_force = _InForce(Limits(), DECODED_BYTES, {})


def use(settings: Settings, locked: Mapping[str, str] | None = None) -> None:
    """Read reports by these limits from now on, in the whole process. `locked` is what `overrides` found.

    They are no argument of an adapter: it must read the same event from a report wherever it is read again.
    """
    _in_force.locked = dict(locked or {})
    _in_force.limits = settings.limits
    _in_force.decoded_bytes = settings.max_decoded_bytes


def limits() -> Limits:
    """How much of a report is read in this process, or in this thread while it reads for a person."""
    return _for_a_person.get() or _in_force.limits


@contextmanager
def reading_for_a_person() -> Iterator[None]:
    """Read more than the digest does, while this lasts: one event is opened, and nothing is filed by it."""
    most = _in_force.limits
    more = {name: max(least, getattr(most, name)) for name, least in _FOR_A_PERSON.items()}
    token = _for_a_person.set(replace(most, **more))
    try:
        yield
    finally:
        _for_a_person.reset(token)


def locked() -> dict[str, str]:
    """The settings of this process that the file does not decide, with what does."""
    return dict(_in_force.locked)


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """The settings with other values."""
    return replace(settings, **values)


def decoded_bytes() -> int:
    """How many bytes of a body are decoded in this process."""
    return _in_force.decoded_bytes
