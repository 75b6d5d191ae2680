"""Which frames of a stack fold into one line: libraries, recursion of one function or several, depth."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.model import LEFT_OUT, Frame

LONGEST_CYCLE = 5
_FEWEST_ROUNDS = 3
_MOST_TOGETHER = 60
_PACKAGE_FOLDERS = ("site-packages/", "dist-packages/", "node_modules/", "gems/")


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive frames that show as one line until opened.

    `cycle`: they are rounds of so many calls; 0 where nothing repeats.
    """

    first: int
    last: int
    cycle: int = 0

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def runs(frames: Sequence[Frame], *, fold_libraries: bool = True) -> list[Run]:
    """The stack, oldest call first, as single frames and runs; every frame is in one of them."""
    found: list[Run] = []
    start = 0
    while start < len(frames):
        cycle, end = _rounds(frames, start)
        if cycle and not (fold_libraries and _all_library(frames, start, start + cycle)):
            # The last round stays: it is the one that failed, or went on.
            found.append(Run(start, end - cycle - 1, cycle))
            found += [Run(number, number) for number in range(end - cycle, end)]
            start = end
            continue
        end = start + 1
        if fold_libraries and not frames[start].in_app:
            while end < len(frames) and not frames[end].in_app and not has_gap(frames[end - 1]):
                end += 1
        found.append(Run(start, end - 1))
        start = end
    return _middle_folded(found, frames)


def _rounds(frames: Sequence[Frame], start: int) -> tuple[int, int]:
    """How many calls repeat from `start` on, at least three times, and where that ends; 0 when none do."""
    for cycle in range(1, LONGEST_CYCLE + 1):
        end = start + cycle
        while end < len(frames) and same_call(frames[end], frames[end - cycle]):
            end += 1
        rounds = (end - start) // cycle
        if rounds >= _FEWEST_ROUNDS:
            return cycle, start + rounds * cycle
    return 0, start


def same_call(one: Frame, other: Frame) -> bool:
    """Whether two frames are calls of one function that stand at the same line."""
    return (one.function, one.line, one.filename) == (other.function, other.line, other.filename)


def has_gap(frame: Frame) -> bool:
    """Whether calls are missing between this frame and the next."""
    return LEFT_OUT in frame.vars


def _all_library(frames: Sequence[Frame], start: int, end: int) -> bool:
    return not any(frames[number].in_app for number in range(start, end))


def _middle_folded(found: list[Run], frames: Sequence[Frame]) -> list[Run]:
    if len(found) <= _MOST_TOGETHER:
        return found
    half = _MOST_TOGETHER // 2
    middle = [Run(found[half].first, found[-half - 1].last)]
    gap = next((n for n in range(middle[0].first, middle[0].last) if has_gap(frames[n])), None)
    if gap is not None:
        middle = [Run(middle[0].first, gap), Run(gap + 1, middle[0].last)]
    return [*found[:half], *middle, *found[-half:]]


def package(frame: Frame) -> str:
    """The library that a frame belongs to, as people call it."""
    path = (frame.abs_path or frame.filename or "").replace("\\", "/")
    for folder in _PACKAGE_FOLDERS:
        _, found, rest = path.rpartition(folder)
        if found:
            parts = rest.split("/")
            name = "/".join(parts[:2]) if rest.startswith("@") else parts[0]
            return name.removesuffix(".py")
    if frame.module:
        return frame.module.split(".")[0].split("/")[0]
    return path.rpartition("/")[2]
