"""What came from outside, marked as that: in code spans and fences, below a line that says what they are.

Titles, messages, names of files: anybody who can make a program fail may have written them, for an assistant
to read. A fence is longer than any run of backticks in it, so nothing in it ends it; what cannot be seen is
replaced by marks that can, so that nothing is hidden in it, either.
"""

import re

from app.plain_text import plain, plural
from app.sharing.markdown import WARNING, code, fenced

__all__ = ["WARNING", "code", "cut", "fenced", "lines_within", "sealed"]

# Unicode, variation selectors: one changes how a character looks, a run of them only carries hidden bytes.
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_ROOM_FOR_A_FENCE = 60


def sealed(text: str, most: int) -> str:
    """`text` as it goes to an assistant: nothing invisible in it, and at most `most` characters."""
    shown = _SELECTORS.sub(lambda found: "".join(f"‹{ord(each):02X}›" for each in found[0]), plain(text))
    # Half a surrogate pair cannot be sent.
    shown = shown.encode("utf-8", "replace").decode()
    if len(shown) <= most:
        return shown
    note = "\n\n(The answer was longer, and has been cut here.)"
    return shown[: most - len(note)] + note


def lines_within(lines: list[str], room: int, *, newest: bool = False) -> str:
    """These lines as a code block of at most `room` characters, with a line that says how many are missing.

    The first of them, or with `newest` the last.
    """
    room -= _ROOM_FOR_A_FENCE
    kept: list[str] = []
    for line in reversed(lines) if newest else lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    if lines and not kept:
        kept.append(cut(lines[-1 if newest else 0], room + len(lines[-1 if newest else 0])))
    if newest:
        kept.reverse()
    left = len(lines) - len(kept)
    text = fenced("\n".join(kept)) if kept else ""
    return f"{text}({plural(left, 'line')} left out: a larger budget shows more.)\n" if left else text


def cut(text: str, room: int) -> str:
    """The beginning of a text, with a mark where it was cut."""
    return text if len(text) <= room else f"{text[: max(0, room - 1)]}…"
