"""A command line as words, by the rules of the platform on which a person wrote it.

On Windows a backslash is a part of a path, and quotes are read as programs there read them: see "Parsing C++
command-line arguments" in Microsoft's C++ documentation, whose counterpart is `subprocess.list2cmdline`.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence

_SPACES = " \t\r\n"
_PIECE = re.compile(r'(\\*)(")?')


def split(text: str, platform: str = sys.platform) -> list[str]:
    """The words of `text`. Raises `ValueError` where a quote is not closed."""
    return _split_as_windows(text) if platform == "win32" else shlex.split(text)


def join(words: Sequence[str], platform: str = sys.platform) -> str:
    """A text whose words these are."""
    return subprocess.list2cmdline(words) if platform == "win32" else shlex.join(words)


def _split_as_windows(text: str) -> list[str]:
    words: list[str] = []
    word: list[str] | None = None
    is_quoted = False
    at = 0
    while at < len(text):
        if not is_quoted and text[at] in _SPACES:
            if word is not None:
                words.append("".join(word))
                word = None
            at += 1
            continue
        word = [] if word is None else word
        piece = _PIECE.match(text, at)
        assert piece is not None
        slashes = len(piece[1])
        at = piece.end()
        if piece[2] is None:
            # Backslashes that no quote follows are themselves.
            word.append("\\" * slashes)
            if not slashes:
                word.append(text[at])
                at += 1
            continue
        word.append("\\" * (slashes // 2))
        if slashes % 2:
            word.append('"')
        elif is_quoted and text[at : at + 1] == '"':
            word.append('"')
            at += 1
        else:
            is_quoted = not is_quoted
    if is_quoted:
        raise ValueError("No closing quotation")
    if word is not None:
        words.append("".join(word))
    return words
