"""What an app and its system say of themselves in a minidump: names of threads, and Crashpad's annotations.

Crashpad keeps those of the process, and a few more for each module: an abort's message, the kind of process.
Source: `minidump/minidump_extensions.h` of Crashpad.
"""

import struct

from app.protocols.minidumps.file_parts import FileParts

_MOST_NAMES, _MOST_MODULES, _MOST_ANNOTATIONS = 500, 200, 200
_INFO = struct.Struct("<I16s16sIIII")
_MODULE = struct.Struct("<IIIIIII")
_OBJECT = struct.Struct("<IHHI")
_IS_TEXT = 1


def thread_names(parts: FileParts, stream: tuple[int, int] | None) -> dict[int, str]:
    """The names of threads by their ids."""
    if stream is None:
        return {}
    found: dict[int, str] = {}
    form = struct.Struct("<IQ")
    for number in range(min(parts.number(stream[0]), _MOST_NAMES)):
        entry = parts.unpack(form, stream[0] + 4 + form.size * number)
        if entry is None:
            break
        found[entry[0]] = parts.wide_text(entry[1])
    return found


def of_crashpad(parts: FileParts, stream: tuple[int, int] | None) -> dict[str, str]:
    """The annotations of the process and of its modules, 200 at most; of one name the first counts."""
    info = parts.unpack(_INFO, stream[0]) if stream is not None else None
    if info is None:
        return {}
    found: dict[str, str] = {}
    _add_pairs(parts, info[4], found)
    modules = info[6]
    for number in range(min(parts.number(modules), _MOST_MODULES) if modules else 0):
        place = parts.number(modules + 4 + 12 * number + 8)
        module = parts.unpack(_MODULE, place) if place else None
        if module is None or len(found) >= _MOST_ANNOTATIONS:
            break
        _add_messages(parts, module[2], found)
        _add_pairs(parts, module[4], found)
        _add_objects(parts, module[6], found)
    return found


def _add_pairs(parts: FileParts, at: int, found: dict[str, str]) -> None:
    for number in range(min(parts.number(at), _MOST_ANNOTATIONS) if at else 0):
        name = parts.narrow_text(parts.number(at + 4 + 8 * number))
        if not name or len(found) >= _MOST_ANNOTATIONS:
            break
        found.setdefault(name, parts.narrow_text(parts.number(at + 8 + 8 * number)))


def _add_messages(parts: FileParts, at: int, found: dict[str, str]) -> None:
    """Texts without a name, such as what a library said as it gave up."""
    count = min(parts.number(at), 10) if at else 0
    said = [parts.narrow_text(parts.number(at + 4 + 4 * number)) for number in range(count)]
    if any(said):
        found.setdefault("message", "\n".join(filter(None, said)))


def _add_objects(parts: FileParts, at: int, found: dict[str, str]) -> None:
    for number in range(min(parts.number(at), _MOST_ANNOTATIONS) if at else 0):
        entry = parts.unpack(_OBJECT, at + 4 + _OBJECT.size * number)
        if entry is None or len(found) >= _MOST_ANNOTATIONS:
            break
        name = parts.narrow_text(entry[0])
        if name and entry[1] == _IS_TEXT:
            found.setdefault(name, parts.narrow_text(entry[3]).rstrip("\0"))
