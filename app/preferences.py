"""What a person has chosen in the window: `preferences.json` in the data folder.

The window, the engine and the commands read it; only the program writes it. What people write themselves,
by hand and before a start, is in `settings.py`.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from filelock import FileLock
from msgspec import Meta, Struct
from msgspec.structs import replace

from app import private_files
from app.trackers.tracker import Tracker

FILE = "preferences.json"
Density = Literal["comfortable", "compact"]
_LOCK = "preferences.lock"
_LONGEST_WAIT_SECONDS = 5
LEAST_TEXT_SIZE, MOST_TEXT_SIZE = 90, 150


class PreferencesError(Exception):
    """The file cannot be read or written; the text is a sentence for the user."""


class PathMap(Struct, frozen=True, kw_only=True):
    """Where the files of a folder that an app names (`sent`) are on this machine (`local`).

    `project` limits it to one project; empty, it holds for all of them.
    """

    sent: str
    local: str
    project: str = ""


class ScrubPattern(Struct, frozen=True, kw_only=True):
    """What a person never wants to leave this machine.

    With `is_field`, `pattern` is the name of a field, whose value is hidden; otherwise a regular expression
    in RE2's syntax, and what it matches is hidden.
    """

    pattern: str
    is_field: bool = False


class Preferences(Struct, frozen=True, kw_only=True):
    """Everything that is chosen in the window.

    `event_columns` are those of the table of an issue's events, as `issue_overview.event_lines` has them.
    `editor` names a row of the table of editors; where it is empty, `editor_command` is the template of one
    that is not in the table, in a terminal if `editor_in_terminal`. Both are empty until a person was asked.
    By project, `replay_bases` are where its requests were sent again, such as `http://localhost:5000`, and
    `trackers` where its issues go. Files are read and opened below `source_roots`, and below the local side
    of `path_maps`. `declined_maps` were proposed, and are not proposed again; `known_projects` are folders in
    which a file was opened once, where maps may lead to. With `only_in_app`, the frames of libraries are
    folded. With `traces_stored`, spans and log lines are stored for `traces_hours`, but no more than
    `traces_megabytes` of them.

    `scrub_patterns` add to the built-in rules for what is copied and exported, and with `scrub_on_receipt`
    for what is stored. Markdown is copied in at most `markdown_characters`; `copy_form` is the form in which
    an event was copied last.

    `density` is how much room a row of the list takes, and `text_size` is in percent. `keys` are those of
    commands that a person has changed (`ui.commands`), and `palette_recent` is what was chosen in the palette
    last, the newest first.

    `tray`: there is an icon in the desktop's tray. With `close_to_tray` a closed window is hidden there, and
    `told_of_tray` that a person was told so.
    """

    event_columns: tuple[str, ...] = ("message", "release", "environment", "user")
    newest_first: bool = True
    only_in_app: bool = True
    editor: str = ""
    editor_command: str = ""
    editor_in_terminal: bool = False
    replay_bases: dict[str, str] = {}
    trackers: dict[str, Tracker] = {}
    source_roots: tuple[str, ...] = ()
    path_maps: tuple[PathMap, ...] = ()
    declined_maps: tuple[PathMap, ...] = ()
    known_projects: tuple[str, ...] = ()
    traces_stored: bool = True
    traces_hours: int = 1
    traces_megabytes: int = 200
    scrub_patterns: tuple[ScrubPattern, ...] = ()
    scrub_on_receipt: bool = False
    markdown_characters: int = 20_000
    copy_form: str = "markdown"
    # The facets beside the list, those of them that are folded, and how far the histogram reaches back.
    facets: tuple[str, ...] = ("level", "project", "environment", "release", "browser", "user")
    folded_facets: tuple[str, ...] = ()
    histogram_range: str = "auto"
    # Appearance and keys.
    theme: Literal["system", "light", "dark"] = "system"
    density: Density = "comfortable"
    text_size: Annotated[int, Meta(ge=LEAST_TEXT_SIZE, le=MOST_TEXT_SIZE)] = 100
    reduced_motion: bool = False
    keys: dict[str, tuple[str, ...]] = {}
    palette_recent: tuple[str, ...] = ()
    # -- the desktop --
    tray: bool = True
    close_to_tray: bool = False
    told_of_tray: bool = False

    # What was searched for, the last one first.
    recent_searches: tuple[str, ...] = ()


def read(data_dir: Path) -> Preferences:
    """What has been chosen; the defaults where nothing was. Raises `PreferencesError`."""
    file = data_dir / FILE
    try:
        return msgspec.json.decode(private_files.read(file), type=Preferences)
    except FileNotFoundError:
        return Preferences()
    except (OSError, msgspec.DecodeError) as error:
        raise PreferencesError(
            f"The preferences in {file} cannot be read: {error}. The defaults are used; remove the file."
        ) from error


def change(data_dir: Path, **fields: Any) -> Preferences:
    """Store new values of some fields, whatever other processes store meanwhile; returns all of them.

    A file that cannot be read is replaced. Raises `PreferencesError`.
    """
    try:
        private_files.make_folder(data_dir)
        with FileLock(data_dir / _LOCK, timeout=_LONGEST_WAIT_SECONDS):
            try:
                before = read(data_dir)
            except PreferencesError:
                before = Preferences()
            changed = replace(before, **fields)
            private_files.write(data_dir / FILE, msgspec.json.format(msgspec.json.encode(changed)) + b"\n")
    except OSError as error:
        raise PreferencesError(f"The preferences cannot be stored in {data_dir}: {error}.") from error
    return changed
