"""What to type into the search field to find the events of a tag: the inverse of `store/inbox/search.py`.

That module brings SQLAlchemy; this one is asked whenever a tag is painted.
"""

import re

_KEY = re.compile(r"[\w.\-]+")
_SPACES = re.compile(r"[\s\x00\"]+")
# `level:error` searches a field of the issue, `type:web` would, too.
_FIELDS = frozenset(("level", "project", "is", "type", "culprit"))
# As much as the digest files of a tag.
_LONGEST_KEY, _LONGEST_VALUE = 64, 200


def tag(key: str, value: str) -> str:
    """The search for all events with this tag, among which are those whose value only begins with `value`."""
    key, value = key[:_LONGEST_KEY], _plain(value[:_LONGEST_VALUE])
    if _KEY.fullmatch(key) and (key not in _FIELDS or key == "level") and value:
        return f"{key}:{_quoted(value)}"
    return phrase(f"{key} {value}")


def phrase(text: str) -> str:
    """The search for words that stand together."""
    return f'"{_plain(text[: _LONGEST_KEY + _LONGEST_VALUE])}"'


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
