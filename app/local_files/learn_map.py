"""Learns where an app's files are on this machine: by the ends of its frames' paths, compared with known
projects.

`/usr/src/app/shop/cart.py` and `~/projects/shop-api/shop/cart.py` end alike, so `/usr/src/app` is likely
`~/projects/shop-api`. The map is proposed under which most of the event's files exist, and are long
enough for their lines.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from app.local_files import names, project_index
from app.local_files.locate import apply
from app.local_files.project_index import Relative
from app.local_files.projects import Stop
from app.model import Event, Frame
from app.preferences import PathMap

MOST_FILES = 200
_MOST_MAPS = 40
_LARGEST_READ = 8 << 20
_SURE_TAIL = 2


class Proposal(Struct, frozen=True, kw_only=True):
    """A map, and of how many files of the event (`of`) those that exist under it (`there`)."""

    path_map: PathMap
    there: int
    of: int


class _SentFile(Struct, frozen=True, kw_only=True):
    """One file that frames name. `lines` are those that it must have, with the text that was sent of each."""

    name: str
    beginning: str
    parts: tuple[str, ...]
    lines: tuple[tuple[int, str | None], ...]


class _Score(Struct, order=True):
    """How well a map fits; the larger the better."""

    there: int = 0
    same_text: int = 0
    tail: int = 0


def learn(
    asked: Frame, frames: Sequence[Frame], project: str, folders: Iterable[Path], stop: Stop = lambda: False
) -> Proposal | None:
    """The best map for the file of `asked` and most files of `frames`; None when nothing fits well enough.

    Looks through `folders` until `stop()`. For a thread that may wait for the disk.
    """
    sent = _sent_files(asked, frames)
    if not sent:
        return None
    best: tuple[_Score, PathMap] | None = None
    texts = _Texts()
    for folder in folders:
        if stop():
            return None
        found = project_index.find(folder, {file.parts[-1] for file in sent}, stop)
        if sent[0].parts[-1] not in found:
            continue
        for path_map in _possible_maps(sent, folder, found):
            score = _score(path_map, sent, folder, texts)
            # On a tie, the likelier folder is the earlier one.
            if score is not None and (best is None or score > best[0]):
                best = score, path_map
    if best is None:
        return None
    score, path_map = best
    return Proposal(
        path_map=PathMap(sent=path_map.sent, local=path_map.local, project=project),
        there=score.there,
        of=len(sent),
    )


def all_frames(event: Event) -> list[Frame]:
    """Every frame of the event: of all exceptions, and of all threads."""
    return [
        *(frame for exception in event.exceptions for frame in exception.frames),
        *(frame for thread in event.threads for frame in thread.frames),
    ]


def _sent_files(asked: Frame, frames: Sequence[Frame]) -> list[_SentFile]:
    """The files of the asked frame and of the app's own ones, the asked one first, each once."""
    ours = [frame for frame in frames if frame.in_app]
    lines: dict[str, dict[int, str | None]] = {}
    for frame in (asked, *(ours or frames)):
        name = _name(frame)
        if name is None or (name not in lines and len(lines) >= MOST_FILES):
            continue
        of_file = lines.setdefault(name, {})
        if frame.line is not None:
            of_file[frame.line] = next((text for number, text in frame.context if number == frame.line), None)
    files = []
    for name, numbers in lines.items():
        beginning, parts = names.parts(name)
        if parts and ".." not in parts:
            files.append(_SentFile(name=name, beginning=beginning, parts=parts, lines=tuple(numbers.items())))
    return files if files and files[0].name == _name(asked) else []


def _name(frame: Frame) -> str | None:
    """An absolute name rather than a relative one: it says more."""
    found = [names.canonical(sent) for sent in (frame.abs_path, frame.filename) if sent]
    return next((name for name in found if name is not None), None)


def _possible_maps(
    sent: Sequence[_SentFile], folder: Path, found: dict[str, list[Relative]]
) -> list[PathMap]:
    """The maps under which the asked file exists, those that most files would vote for first."""
    votes: Counter[tuple[str, str]] = Counter()
    for file in sent:
        for relative in found.get(file.parts[-1], ()):
            tail = _common_tail(file.parts, relative)
            prefix = file.beginning + "/".join(file.parts[:-tail])
            votes[prefix, str(folder.joinpath(*relative[:-tail]))] += 1
    return [PathMap(sent=prefix, local=local) for (prefix, local), _ in votes.most_common(_MOST_MAPS)]


def _common_tail(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def _score(path_map: PathMap, sent: Sequence[_SentFile], folder: Path, texts: "_Texts") -> _Score | None:
    """How well the map fits; None when the asked file is not there, or only its name speaks for it."""
    score = _Score()
    for number, file in enumerate(sent):
        mapped = apply(path_map, file.name)
        fit = None if mapped is None else texts.fit(Path(mapped), file.lines, folder)
        if fit is not None and mapped is not None:
            score.there += 1
            score.same_text += fit
            score.tail = max(score.tail, len(Path(mapped).parts) - len(Path(path_map.local).parts))
        elif number == 0:
            return None
    return score if score.same_text or score.tail >= _SURE_TAIL else None


class _Texts:
    """The lines of files, each read once."""

    def __init__(self) -> None:
        self._read: dict[Path, list[bytes] | None] = {}

    def fit(self, file: Path, lines: Sequence[tuple[int, str | None]], folder: Path) -> int | None:
        """How many of the lines have the text that was sent; None when the file is not there, or too short.

        A link that leads out of `folder` leads to no file of it.
        """
        if file not in self._read:
            self._read[file] = _lines_of(file, folder)
        there = self._read[file]
        if there is None or any(number > len(there) for number, _ in lines):
            return None
        return sum(
            1
            for number, text in lines
            if text is not None
            and text.strip()
            and number > 0
            and there[number - 1].decode("utf-8", "replace").strip() == text.strip()
        )


def _lines_of(file: Path, folder: Path) -> list[bytes] | None:
    try:
        if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
            return None
        with file.open("rb") as opened:
            return opened.read(_LARGEST_READ).split(b"\n")
    except (OSError, ValueError):
        return None
