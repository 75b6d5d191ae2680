"""Imports that do not read the source of each module, as PySide's do.

PySide6 replaces `builtins.__import__`: it reads each module that is imported from then on as source, in
search of the word PySide6, to know whether `from __feature__ import …` may concern it, which nothing here
uses. That took 0.2 s of processor time until the first event could be opened, and 19 MB.
"""

import builtins

import PySide6.QtCore

# It replaces the import when it is loaded.
_REPLACES_IT = PySide6.QtCore


def restore() -> None:
    """Import as it was done before. Call it before the rest of the window is imported."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
