"""The files of a project that have one of some wanted names: found in one bounded walk."""

import os
from collections import deque
from collections.abc import Collection
from pathlib import Path

from app.local_files.projects import Stop

NOT_ENTERED = frozenset(
    ".git .hg .svn .jj node_modules bower_components .venv venv env .env .tox .nox __pycache__ "
    ".mypy_cache .ruff_cache"
    " .pytest_cache .cache .gradle .idea .vscode .next .nuxt .svelte-kit .terraform site-packages "
    "Pods DerivedData".split()
)
MOST_ENTRIES = 60_000
MOST_OF_A_NAME = 200

Relative = tuple[str, ...]


def find(root: Path, wanted: Collection[str], stop: Stop = lambda: False) -> dict[str, list[Relative]]:
    """By each wanted name the files below `root` that have it, as the parts of their relative paths.

    Breadth first, so that what lies deep is what is left out of a very large project. Links are not
    followed, and folders of other people's code are not entered.
    """
    found: dict[str, list[Relative]] = {}
    waiting: deque[Relative] = deque([()])
    looked_at = 0
    while waiting and looked_at < MOST_ENTRIES and not stop():
        folder = waiting.popleft()
        try:
            with os.scandir(root.joinpath(*folder)) as entries:
                for entry in entries:
                    looked_at += 1
                    if entry.is_dir(follow_symlinks=False):
                        if entry.name not in NOT_ENTERED:
                            waiting.append((*folder, entry.name))
                    elif entry.name in wanted and entry.is_file(follow_symlinks=False):
                        paths = found.setdefault(entry.name, [])
                        if len(paths) < MOST_OF_A_NAME:
                            paths.append((*folder, entry.name))
        except OSError:
            continue  # a folder that may not be read has nothing for us
    return found
