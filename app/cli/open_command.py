"""`main.py open`: a frame's line in the person's editor, by the same rules as in the window.

What the window asks in a dialog is asked on the terminal. Where there is none, nothing is opened that
would need an answer.
"""

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from app import preferences
from app.cli import stored_event
from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED
from app.editors import discovery, launch, opening
from app.editors.launch import EditorFailed
from app.editors.opening import ChosenEditor
from app.editors.template import TemplateError
from app.local_files import learn_map, locate, projects
from app.local_files.locate import LocalFile
from app.model import Event, Frame
from app.plain_text import one_line, plural, say
from app.preferences import Preferences, PreferencesError
from app.protocols.event.failing_frame import choice
from app.settings import Settings

_YES = ("", "y", "yes")


def open_frame(settings: Settings, given: Namespace) -> int:
    """Open the frame `given.frame` of the event, by default the one that failed."""
    found = stored_event.read(settings, given.event_id)
    if found is None:
        return FAILED
    event = found.event
    frames = choice.stack(event.exceptions, event.threads)
    number = choice.failing(frames, event.platform) if given.frame is None else given.frame
    if number is None or number >= len(frames):
        say(_no_such_frame(given.frame, frames), error=True)
        return FAILED
    try:
        return _open(settings.data_dir, event, frames[number])
    except (EditorFailed, TemplateError, PreferencesError) as error:
        say(error, error=True)
        return ENVIRONMENT_ERROR


def _no_such_frame(number: int | None, frames: Sequence[Frame]) -> str:
    if not frames:
        return "The event has no stack trace, so there is no line to open."
    last = len(frames) - 1
    return f"There is no frame {number}: the failing stack has the frames 0, the oldest call, to {last}."


def _open(data_dir: Path, event: Event, frame: Frame) -> int:
    chosen = preferences.read(data_dir)
    place = locate.find(frame, event.project, chosen)
    if place is None and _is_terminal():
        mapped = _ask_map(data_dir, event, frame, chosen)
        place = None if mapped is None else locate.find(frame, event.project, mapped)
        chosen = mapped or chosen
    if place is None:
        name = one_line(frame.abs_path or frame.filename or "a file without a name")
        advice = "Say where its folder is: in the window, Preferences, Folders" + (
            "." if _is_terminal() else "; or run this in a terminal, where the map is proposed."
        )
        say(f"{name} is not on this machine. {advice}", error=True)
        return FAILED
    if place.root is None and not _confirmed(data_dir, place, chosen):
        return FAILED
    editor = opening.chosen_editor(chosen) or _ask_editor(data_dir)
    if editor is None:
        return ENVIRONMENT_ERROR
    if editor.in_terminal and _is_terminal():
        opening.run_here(editor, place)
    else:
        opening.start(editor, place).check()
    say(f"Opened {opening.described(place)} in {editor.name}.")
    return DONE


def _ask_map(data_dir: Path, event: Event, frame: Frame, chosen: Preferences) -> Preferences | None:
    """Look for the file in known projects, and ask whether the map found may be used."""
    say("The file is not here under its own name. Looking through your projects; Ctrl-C ends it …")
    try:
        every_frame = learn_map.all_frames(event)
        folders = projects.candidates(chosen)
        proposal = learn_map.learn(frame, every_frame, event.project, folders)
    except KeyboardInterrupt:
        return None
    if proposal is None:
        return None
    path_map = proposal.path_map
    say(
        f"{one_line(path_map.sent)} of {one_line(event.project)} may be {one_line(path_map.local)}: "
        f"{proposal.there} of {plural(proposal.of, 'file')} are there. Use it from now on? [Y/n]"
    )
    if _answer() not in _YES:
        return None
    return preferences.change(data_dir, path_maps=(*chosen.path_maps, path_map))


def _confirmed(data_dir: Path, place: LocalFile, chosen: Preferences) -> bool:
    """Whether the person lets a file be opened that is below no confirmed folder."""
    root = projects.root_of(place.path)
    name = one_line(str(place.path))
    if not _is_terminal():
        say(
            f"{name} is below no folder from which files may be opened. Run this in a terminal, where "
            f"you are asked, "
            "or add its folder in the window: Preferences, Folders.",
            error=True,
        )
        return False
    always = "" if root is None else f", a: all files below {one_line(str(root))} from now on"
    say(f"The event names {name}. Open it? y: this once{always}, n: no [n]")
    answer = _answer()
    if answer in ("a", "all") and root is not None:
        preferences.change(data_dir, source_roots=(*chosen.source_roots, str(root)))
        return True
    return answer in ("y", "yes")


def _ask_editor(data_dir: Path) -> ChosenEditor | None:
    """Which of the editors found is to be used from now on; None when there is none, and says why."""
    found = discovery.find_all()
    if not found:
        say(
            "No editor was found. Install one, or write a command in the window: Preferences, Editor.",
            error=True,
        )
        return None
    if not _is_terminal():
        names = ", ".join(each.editor.name for each in found[:5])
        say(
            f"No editor has been chosen yet. Found: {names}. Run this in a terminal, or choose one in "
            f"the window: "
            "Preferences, Editor.",
            error=True,
        )
        return None
    say("Which editor? It is used from now on.")
    for number, each in enumerate(found, 1):
        say(f"  {number}  {each.editor.name} ({each.why}: {launch.shown(each.command)})")
    answer = _answer() or "1"
    if not answer.isdigit() or not 1 <= int(answer) <= len(found):
        say(f"{one_line(answer, 20)} is none of them. Nothing was opened.", error=True)
        return None
    editor = found[int(answer) - 1]
    preferences.change(data_dir, editor=editor.editor.key, editor_command="")
    return opening.of_found(editor)


def _answer() -> str:
    try:
        return input("> ").strip().lower()
    except (EOFError, KeyboardInterrupt):
        return "n"


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
