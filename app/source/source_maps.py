"""The original places of scripts that were bundled, minified or compiled: through their source maps.

A map is named at the script's end or in a header, stands in it, or lies beside it. Files are read below
confirmed folders only, servers asked on loopback only. Where a place cannot be found, a word says why.
"""

import base64
import binascii
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from app.local_files import locate
from app.model import Frame
from app.preferences import Preferences
from app.protocols.event.in_app import is_in_app
from app.source import debug_ids, file_text
from app.source.dev_server import DevServers, NotFetched
from app.source.file_text import Unreadable
from app.source.script_names import QUERY, clean, compiled_place, is_script, looks_built, named_map
from app.source.symbol_process import SymbolProcess
from app.source.symbol_server import Token

LARGEST = 24 * 1024 * 1024
MOST_SCRIPTS = 30
_NO_NAMES = ("<unknown>", "<anonymous>", "<global>", "")


class Original(Struct, frozen=True, kw_only=True):
    """A frame as it stands in the original source, and where it was called: `app.min.js:1:4223`."""

    frame: Frame
    compiled: str


class Missing(Struct, frozen=True, kw_only=True):
    """Why there is no original place; `ask`: the file to be read when a person confirms its folder."""

    why: str
    ask: Path | None = None


class _Script(Struct, frozen=True, kw_only=True):
    """A script that was read, from a file or a server."""

    body: bytes
    path: Path | None = None
    url: str = ""
    map_header: str = ""


class _Map(Struct, frozen=True, kw_only=True):
    """A map's content, and where its sources' names are relative to."""

    content: bytes
    path: Path | None = None
    url: str = ""


class _NotFound(Exception):
    """Carries a `Missing`, or None where nothing suggests that the script was built."""

    def __init__(self, missing: Missing | None) -> None:
        super().__init__()
        self.missing = missing


class Finder:
    """Finds originals for the frames of one project's event."""

    def __init__(
        self,
        project: str,
        chosen: Preferences,
        *,
        process: SymbolProcess,
        servers: DevServers,
        ids: Mapping[str, str] | None = None,
        builds: debug_ids.Builds = debug_ids.shared,
    ) -> None:
        """`ids` are the debug ids of scripts, by their addresses."""
        self._ids = ids or {}
        self._builds = builds
        self._project = project
        self._chosen = chosen
        self._process = process
        self._servers = servers
        self._folders = list(locate.confirmed_folders(chosen))

    def find(self, frames: Sequence[Frame]) -> dict[int, Original | Missing]:
        """By the frame's index; frames that are no scripts, or were never built, are not in it."""
        places: dict[str, list[int]] = defaultdict(list)
        for index, frame in enumerate(frames):
            if is_script(frame):
                places[frame.abs_path or frame.filename or ""].append(index)
        found: dict[int, Original | Missing] = {}
        for name, indexes in list(places.items())[-MOST_SCRIPTS:]:
            found |= self._of_script(name, frames, indexes)
        return found

    def _of_script(
        self, name: str, frames: Sequence[Frame], indexes: list[int]
    ) -> dict[int, Original | Missing]:
        try:
            script = self._script(name, frames[indexes[0]])
            source_map = self._map(script)
        except _NotFound as error:
            missing = error.missing
            if missing is None:
                return {}
            return {index: missing for index in indexes if missing.ask or looks_built(frames[index])}
        places = [(frames[index].line or 0, frames[index].column or 1) for index in indexes]
        tokens = self._process.translate(script.body, source_map.content, places)
        if isinstance(tokens, str):
            return dict.fromkeys(indexes, Missing(why=_sentence(tokens)))
        lines = script.body.count(b"\n") + 1
        found: dict[int, Original | Missing] = {}
        for index, token in zip(indexes, tokens, strict=True):
            frame = frames[index]
            if token is None or (frame.line or 0) > lines:
                found[index] = Missing(why="The source map says nothing about this line.")
            else:
                found[index] = self._original(frame, token, source_map)
        return found

    def _script(self, name: str, frame: Frame) -> _Script:
        debug_id = self._ids.get(name, "")
        try:
            script = self._script_at(name, frame)
        except _NotFound:
            path = self._builds.find(debug_id, self._folders) if debug_id else None
            if path is None:
                raise
            return _read_script(path)
        known = debug_ids.in_script(script.body)
        if debug_id and known and known != debug_id:
            path = self._builds.find(debug_id, self._folders)
            if path is None:
                raise _NotFound(Missing(why="No source map: the script here is of another build."))
            return _read_script(path)
        return script

    def _script_at(self, name: str, frame: Frame) -> _Script:
        if name.startswith(("http://", "https://")):
            try:
                fetched = self._servers.get(name)
            except NotFetched as error:
                raise _NotFound(Missing(why=f"No source map: {error}.")) from error
            return _Script(body=fetched.body, url=fetched.url, map_header=fetched.map_header)
        local = locate.find(_by_path(frame), self._project, self._chosen)
        if local is None:
            raise _NotFound(Missing(why="No source map: the script is not on this machine."))
        if local.root is None:
            raise _NotFound(Missing(why="", ask=local.path))
        return _read_script(local.path)

    def _map(self, script: _Script) -> _Map:
        named = script.map_header or named_map(script.body)
        if named.startswith("data:"):
            return _Map(content=_inline(named), path=script.path, url=script.url)
        if script.url:
            return self._map_of_server(named, script.url)
        assert script.path is not None
        if named.startswith(("http://", "https://")):
            return self._map_of_server(named, named)
        beside = script.path.with_name(script.path.name + ".map")
        wanted = beside
        if named:
            try:
                wanted = (script.path.parent / unquote(QUERY.sub("", named))).resolve()
            except (OSError, ValueError, RuntimeError):
                raise _NotFound(Missing(why="No source map: the name of it is none.")) from None
        for path in dict.fromkeys((wanted, beside.resolve())):
            if self._is_confirmed(path) and path.is_file():
                try:
                    return _Map(content=file_text.read_bytes(path, LARGEST), path=path)
                except (OSError, Unreadable) as error:
                    raise _NotFound(Missing(why=f"No source map: {path.name} cannot be read.")) from error
        if not named:
            raise _NotFound(Missing(why="No source map: the script names none, and none is beside it."))
        if not self._is_confirmed(wanted):
            raise _NotFound(Missing(why="No source map: it is named outside of the confirmed folders."))
        raise _NotFound(Missing(why=f"No source map: {wanted.name} is not beside the script."))

    def _map_of_server(self, named: str, base: str) -> _Map:
        if not named:
            raise _NotFound(Missing(why="No source map: the script names none."))
        url = urljoin(base, named)
        try:
            fetched = self._servers.get(url)
        except NotFetched as error:
            raise _NotFound(Missing(why=f"No source map: {error}.")) from error
        return _Map(content=fetched.body, url=fetched.url)

    def _original(self, frame: Frame, token: Token, source_map: _Map) -> Original:
        name, local = self._place(token.source, source_map)
        context: tuple[tuple[int, str], ...] = ()
        if token.text is not None:
            after = (
                token.after[:-1] if token.after[-1:] == ("",) else token.after
            )  # below the last line's end
            lines = [*token.before, token.text, *after]
            first = token.line - len(token.before)
            context = tuple((first + n, line.rstrip("\r\n")) for n, line in enumerate(lines))
        elif local is not None:
            try:
                context = file_text.around(file_text.read(local).lines, token.line)
            except Unreadable:
                local = None
        function = token.function if (token.function or "") not in _NO_NAMES else frame.function
        original = replace(
            frame,
            filename=name,
            abs_path=str(local) if local is not None else name,
            function=function,
            line=token.line,
            column=token.column,
            context=context,
            in_app=is_in_app(name),
            module=None,
        )
        return Original(frame=original, compiled=compiled_place(frame))

    def _place(self, source: str, source_map: _Map) -> tuple[str, Path | None]:
        """What an original file is called, and the file itself where it is below a confirmed folder."""
        name = clean(source)
        is_of_bundler = "://" in source and not source.startswith("file://")
        if source_map.path is None:
            if is_of_bundler:
                return name, None
            return urlsplit(urljoin(source_map.url, source)).path.lstrip("/") or name, None
        folder = source_map.path.parent
        # A bundler's names are relative to the folder of the project, which is one of those above the map.
        above = [folder, *folder.parents] if is_of_bundler else [folder]
        for base in above:
            path = self._below_confirmed(base / (name if is_of_bundler else source.removeprefix("file://")))
            if path is not None:
                root = next(folder for folder in self._folders if path.is_relative_to(folder))
                return path.relative_to(root).as_posix(), path
        return name, None

    def _below_confirmed(self, named: Path) -> Path | None:
        try:
            path = named.resolve()
            return path if self._is_confirmed(path) and path.is_file() else None
        except (OSError, ValueError, RuntimeError):  # too long, a zero byte, a circle of links
            return None

    def _is_confirmed(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._folders)


def _read_script(path: Path) -> _Script:
    try:
        return _Script(body=file_text.read_bytes(path, LARGEST), path=path)
    except (OSError, Unreadable) as error:
        raise _NotFound(Missing(why=f"No source map: {path.name} cannot be read.")) from error


def _by_path(frame: Frame) -> Frame:
    """The same with paths instead of `file://` addresses."""
    path = frame.abs_path or frame.filename or ""
    if not path.startswith("file://"):
        return frame
    return replace(frame, abs_path=unquote(urlsplit(path).path))


def _inline(named: str) -> bytes:
    head, comma, data = named.partition(",")
    try:
        if not comma:
            raise ValueError
        return base64.b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
    except (ValueError, binascii.Error) as error:
        raise _NotFound(Missing(why="No source map: what stands in the script is broken.")) from error


def _sentence(why: str) -> str:
    return f"No source map: {why}."
