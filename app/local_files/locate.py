"""Which file of this machine a frame means, and whether it is below a folder that a person has confirmed."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from app.local_files import names
from app.model import Frame
from app.preferences import PathMap, Preferences


class LocalFile(Struct, frozen=True, kw_only=True):
    """An existing file with the place that a frame names in it.

    `root` is the confirmed folder that it is below; None: a person must be asked before it is used.
    """

    path: Path
    line: int | None = None
    column: int | None = None
    root: Path | None = None


def find(frame: Frame, project: str, chosen: Preferences) -> LocalFile | None:
    """The file that the frame of an event of `project` names; None when there is none here.

    Links are followed first, so that a link within a confirmed folder leads to no other one.
    """
    found: LocalFile | None = None
    for candidate in _candidates(frame, project, chosen):
        path = _existing(candidate)
        if path is None:
            continue
        here = LocalFile(path=path, line=frame.line, column=frame.column, root=_root_of(path, chosen))
        if here.root is not None:
            return here
        found = found or here
    return found


def confirmed_folders(chosen: Preferences) -> Iterator[Path]:
    """The folders below which files may be read and opened, with links followed."""
    for folder in (*chosen.source_roots, *(path_map.local for path_map in chosen.path_maps)):
        if folder:
            yield Path(folder).expanduser().resolve()


def apply(path_map: PathMap, sent: str) -> str | None:
    """`sent` on this machine; None when the map says nothing about it."""
    name, prefix = names.canonical(sent), names.prefix(path_map.sent)
    if name is None or prefix is None or not path_map.local:
        return None
    if name[: len(prefix)] != prefix or name[len(prefix) : len(prefix) + 1] != "/":
        return None
    return str(Path(path_map.local).expanduser() / name[len(prefix) + 1 :].lstrip("/"))


def _candidates(frame: Frame, project: str, chosen: Preferences) -> Iterator[str]:
    named = [name for name in (frame.abs_path, frame.filename) if name and len(name) <= names.LONGEST]
    # The most precise map first; one of the project before one of all; else in the person's order.
    maps = sorted(
        (path_map for path_map in chosen.path_maps if path_map.project in ("", project)),
        key=lambda path_map: (bool(path_map.project), len(names.prefix(path_map.sent) or "")),
        reverse=True,
    )
    for name in named:
        for path_map in maps:
            if (mapped := apply(path_map, name)) is not None:
                yield mapped
    for name in named:
        # What an event says must not have this machine ask another one; a person's own map may.
        yield from (path for path in names.here(name) if not names.is_share(path))


def _existing(candidate: str) -> Path | None:
    path = Path(candidate)
    if not path.is_absolute():
        return None
    try:
        path = path.resolve()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # too long, a zero byte, a circle of links
        return None


def _root_of(path: Path, chosen: Preferences) -> Path | None:
    roots = [root for root in confirmed_folders(chosen) if path.is_relative_to(root)]
    return max(roots, key=lambda root: len(root.parts), default=None)
