"""The original places of scripts that were bundled, minified or compiled: through their source maps.

A map is named at the script's end or in a header, stands in it, or lies beside it. Files are read below
confirmed folders only, servers asked on loopback only. Where a place cannot be found, a word says why.
"""

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from app.local_files import locate
from app.model import Frame
from app.preferences import Preferences
from app.protocols.event.in_app import is_in_app
from app.source import file_text
from app.source.dev_server import DevServers, NotFetched
from app.source.file_text import Unreadable
from app.source.symbol_process import SymbolProcess
from app.source.symbol_server import Token

LARGEST = 24 * 1024 * 1024
MOST_SCRIPTS = 30
_SCRIPT = (".js", ".mjs", ".cjs", ".jsx", ".bundle")
_COMMENT = re.compile(rb"(?:^|[\n\r;}\s])(?://|/\*)[#@]\s*sourceMappingURL=([^\s'\"*]+)")
_COMMENT_WITHIN = 4 * 1024 * 1024  # an inline map stands at the end, in base64
_WEBPACK = re.compile(r"(?:webpack|turbopack|rspack|ng|vite|app)(?:-internal)?:/{1,3}(?:\([\w-]+\)/)?")
_QUERY = re.compile(r"[?#].*$", re.DOTALL)
_NO_NAMES = ("<unknown>", "<anonymous>", "<global>", "")
_LONG_LINE = 300


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
        self, project: str, chosen: Preferences, *, process: SymbolProcess, servers: DevServers
    ) -> None:
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
        try:
            return _Script(body=file_text.read_bytes(local.path, LARGEST), path=local.path)
        except (OSError, Unreadable) as error:
            raise _NotFound(Missing(why=f"No source map: {local.path.name} cannot be read.")) from error

    def _map(self, script: _Script) -> _Map:
        named = script.map_header or _named_in(script.body)
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
                wanted = (script.path.parent / unquote(_QUERY.sub("", named))).resolve()
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


def is_script(frame: Frame) -> bool:
    """Whether a frame may be of a script that was built: its place is known to the column."""
    name = _QUERY.sub("", (frame.abs_path or frame.filename or "")[:4_096])
    if (
        frame.line is None
        or frame.column is None
        or not 0 < frame.line < 2**31
        or not 0 < frame.column < 2**31
    ):
        return False
    if name.startswith(("http://", "https://")):
        return True
    return name.endswith(_SCRIPT) and not name.startswith(("node:", "webpack"))


def looks_built(frame: Frame) -> bool:
    """Whether a script was minified or bundled, so that a word about its missing map is worth reading."""
    name = (frame.abs_path or frame.filename or "").lower()
    if ".min." in name or "/_next/static/" in name or re.search(r"[.-][0-9a-z_-]{8,}\.m?js", name):
        return True
    failing = next((text for number, text in frame.context if number == frame.line), "")
    return max(frame.column or 0, len(failing)) > _LONG_LINE


def compiled_place(frame: Frame) -> str:
    """`app.min.js:1:4223`."""
    name = _QUERY.sub("", frame.filename or frame.abs_path or "?").replace("\\", "/")
    return f"{name.rstrip('/').rpartition('/')[2] or name}:{frame.line}:{frame.column}"


def clean(source: str) -> str:
    """An original file's name without what bundlers put around it: `webpack://shop/./src/cart.js?1a2b`."""
    name = source[:2_000].replace("\\", "/")
    if found := _WEBPACK.match(name):
        name = name[found.end() :]
        head, dot, rest = name.partition("/./")
        name = rest if dot and "/" not in head else name
        name = _QUERY.sub("", name)
    while name.startswith(("./", "../", "/")):
        name = name.partition("/")[2]
    return name or source[:200]


def _by_path(frame: Frame) -> Frame:
    """The same with paths instead of `file://` addresses."""
    path = frame.abs_path or frame.filename or ""
    if not path.startswith("file://"):
        return frame
    return replace(frame, abs_path=unquote(urlsplit(path).path))


def _named_in(body: bytes) -> str:
    found = None
    for found in _COMMENT.finditer(body, max(0, len(body) - _COMMENT_WITHIN)):  # noqa: B007 - the last counts
        pass
    if found is None and len(body) > _COMMENT_WITHIN:
        found = _COMMENT.search(body)  # a large inline map
    return "" if found is None else found[1].decode("utf-8", "replace")


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
