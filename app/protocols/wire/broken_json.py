"""Reads as much as possible of a body that is meant to be JSON but is not valid.

The attempts, from the safest to the boldest: remove the text around the JSON; read a truncated document up to
its end; rewrite what is nearly JSON (`near_json`, up to 256 KiB); read a broken document up to the fault.
What cannot be read is stored in the event's extra, and a problem says what was wrong.
"""

import re
from typing import Any
from urllib.parse import unquote_plus

from app.protocols.wire import cut_json, lenient_json, near_json
from app.protocols.wire.notes import Notes

_LONGEST_REST = 10_000
# If a document begins later than this, the body is text that contains some JSON.
_FURTHEST = 4_096
_FORM = re.compile(r"\s*[\w.\[\]-]{1,40}=(?=\s*(?:[{\[]|%7[bB]|%5[bB]))")
# What servers put before JSON so that no other page can run it as a script.
_GUARD = re.compile(r"\s*(?:\)\]\}',?|(?:while|for) ?\((?:1|;;)\);|/\*-secure-|&&&START&&&)?\s*")
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\ufffd]")
_START = re.compile(r"\{|\[\s*\{")


def read(payload: bytes, error: str, notes: Notes) -> Any:
    """What can be read of `payload`, which decoders refused with `error`; else its text. Raises nothing."""
    problems: dict[str, None] = {}
    text = lenient_json.as_unicode(payload, problems).strip("\x00\ufeff")
    own = Notes(subject=notes.subject)
    value = _found(_from_start_of_json(text, own), own, problems)
    if value is None:
        notes.problem(f"The {notes.subject} is not readable JSON: {error}.")
        return lenient_json.clean_text(text)
    value = lenient_json.clean(value, problems)
    for problem in (*own.problems, *problems):
        notes.problem(problem)
    for name, part in own.kept.items():
        notes.keep(name, part)
    return value


def read_object(line: bytes) -> dict[str, Any] | None:
    """The object in a short `line`; None if it is no complete object, or has more than small faults."""
    try:
        value, _problems = lenient_json.decode(line)
    except ValueError:
        text = lenient_json.as_unicode(line, {}).strip()
        rewritten = near_json.rewrite(text) if len(text) <= _FURTHEST else None
        if rewritten is None or rewritten.end != len(text):
            return None
        try:
            value, _end = lenient_json.decode_first(rewritten.text, {})
        except ValueError:
            return None
    return value if isinstance(value, dict) else None


def _found(text: str, notes: Notes, problems: dict[str, None]) -> Any:
    """The value at the beginning of `text`; None if no attempt finds one."""
    if not text:
        return None
    for way in (_first, _until_cut, _rewritten, _until_fault):
        found: dict[str, None] = {}
        value = way(text, notes, found)
        if value is not None:
            problems.update(found)
            return value
    return None


def _from_start_of_json(text: str, notes: Notes) -> str:
    """`text` from the beginning of its JSON; empty if there is none."""
    form = _FORM.match(text)
    if form is not None:
        notes.problem(f"The {notes.subject} is JSON within a form.")
        text = text[form.end() :].lstrip()
        if text[0] == "%":
            text, _and, more = text.partition("&")
            _keep_rest(more, notes)
            text = unquote_plus(text)
    guard = _GUARD.match(text)
    at = guard.end() if guard else 0
    if text[at : at + 1] in ("{", "["):
        return text[at:]
    start = _START.search(text, 0, _FURTHEST)
    if start is None or _BINARY.search(text, 0, start.start()):
        return ""
    notes.problem(f"Before the JSON of the {notes.subject} stands text; it is kept in extra as before_json.")
    notes.keep("before_json", lenient_json.clean_text(text[: start.start()].strip()))
    return text[start.start() :]


def _first(text: str, notes: Notes, found: dict[str, None]) -> Any:
    """Read a complete document, which other text may follow."""
    try:
        value, end = lenient_json.decode_first(text, found)
    except ValueError:
        return None
    return _with_rest(value, text[:end], text[end:], notes)


def _with_rest(value: Any, whole: str, rest: str, notes: Notes) -> Any:
    """`value`, unless `rest` shows that the body is a text that merely begins with brackets."""
    if not _has_content(value, is_all=not rest):
        return None
    if len(rest) > len(whole) and rest.lstrip()[:1] not in ("{", "[", ",", ";", "\x00"):
        return None
    if rest.strip(" \t\r\n,;\x00"):
        notes.problem(
            f"Behind the JSON of the {notes.subject} stands more; it is kept in extra as behind_json."
        )
        _keep_rest(rest, notes)
    return value


def _keep_rest(rest: str, notes: Notes) -> None:
    if rest:
        notes.keep("behind_json", lenient_json.clean_text(rest[:_LONGEST_REST].strip()))


def _has_content(value: Any, *, is_all: bool) -> bool:
    if isinstance(value, list) and not is_all:
        return any(isinstance(item, (dict, list)) and item for item in value)
    return isinstance(value, (dict, list)) and bool(value)


def _until_cut(text: str, notes: Notes, _found_problems: dict[str, None]) -> Any:
    """Read a document that ends too early."""
    payload = text.encode("utf-8", "replace")
    part = cut_json.read(payload)
    if part is None or not part.is_cut or not part.value:
        return None
    return _cut(part, len(payload), notes)


def _cut(part: cut_json.PartialJson, size: int, notes: Notes) -> Any:
    notes.problem(f"The {notes.subject} is cut short after {size} bytes; what came of it is shown.")
    if part.rest:
        notes.keep("cut_off", lenient_json.clean_text(part.rest[:_LONGEST_REST].decode("utf-8", "replace")))
    return part.value


def _rewritten(text: str, notes: Notes, found: dict[str, None]) -> Any:
    """Read what only a person would read as JSON."""
    if len(text) > near_json.LARGEST:
        mended, faults = near_json.mend_escapes(text)
        end = len(text)
    else:
        rewritten = near_json.rewrite(text)
        if rewritten is None:
            return None
        mended, faults, end = rewritten.text, rewritten.faults, rewritten.end
    if faults:
        found[f"The {notes.subject} is not strict JSON; it was read in spite of {', '.join(faults)}."] = None
    try:
        value, _end = lenient_json.decode_first(mended, found)
    except ValueError:
        return _until_cut(mended, notes, found)
    return _with_rest(value, text[:end], text[end:], notes)


def _until_fault(text: str, notes: Notes, _found_problems: dict[str, None]) -> Any:
    """Read what comes before the first fault."""
    part = cut_json.read(text.encode("utf-8", "replace"))
    if part is None or not _has_content(part.value, is_all=False):
        return None
    if part.is_cut:
        return _cut(part, len(text), notes)
    notes.problem(f"The {notes.subject} is broken ({part.fault}); what stands before that is shown.")
    notes.keep("cut_off", lenient_json.clean_text(part.rest[:_LONGEST_REST].decode("utf-8", "replace")))
    return part.value
