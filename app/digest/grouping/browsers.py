"""Translates the messages of different browsers for the same error into that of one of them.

Each row has a substring of the message, the pattern, and its replacement. Messages count only if frames do
not identify the bug, as in scripts whose functions have no names.
"""

import re

WORDS = (
    ("Uncaught ", re.compile(r"^Uncaught (?:\(in promise\):? ?)?"), ""),
    (
        "Cannot read prop",
        re.compile(
            r"Cannot read propert(?:y '([^']*)' of (undefined|null)"
            r"|ies of (undefined|null) \(reading '([^']*)'\))"
        ),
        r"property '\1\4' of \2\3",
    ),
    (
        "t access property",
        re.compile(r"can't access property \"?([\w$]+)\"?, .{1,200}? is (undefined|null)"),
        r"property '\1' of \2",
    ),
    (
        " is not an object (eval",
        re.compile(r"(undefined|null) is not an object \(evaluating '[^']{0,200}?([\w$]+)'\)"),
        r"property '\2' of \1",
    ),
    ("t find variable: ", re.compile(r"Can't find variable: ([\w$]+)"), r"\1 is not defined"),
    (". (In '", re.compile(r"\. \(In '[^\n]*\)$"), ""),
    ("too much recursion", re.compile("too much recursion"), "Maximum call stack size exceeded"),
    (
        "NetworkError when",
        re.compile(r"NetworkError when attempting to fetch resource\.?"),
        "Failed to fetch",
    ),
    ("Load failed", re.compile(r"^((?:TypeError: )?)Load failed$"), r"\1Failed to fetch"),
)
