"""Recognizes the calls by which runtimes raise and report an error, after the app's own call has failed.

Clients of compiled languages send the stack from where they took it: a signal's handler, a panic's hook, an
`abort`. All errors of an app end in the same few of these calls. They are recognised by names that are
reserved (`__cxa_throw`, `rust_begin_unwind`); those of C's and Go's libraries count only where a call may be
theirs, since `abort` may be anything in JavaScript.
"""

import re
from enum import IntEnum

from app.protocols.event.failing_frame.raising_names import (
    ANYWHERE,
    AROUND_THE_APP,
    COMPILED,
    HELPERS,
    OF_LANGUAGES,
)

_LONGEST = 400
# What stands in front of a name: a WebAssembly or Windows module, and what Swift says of a copy.
_IN_FRONT = re.compile(
    r"(?P<wasm>[\w-]{1,100}\.wasm[.!])|\w{1,100}!(?=\w)"
    r"|(?:closure #\d+ (?:\([^)]{0,100}\) -> \S{1,100} )?in |generic |specialized |merged |static |@objc )+"
)
# Rust's newer names have the hash of each crate: "core[f1c2…]::panicking::panic_fmt".
_CRATE_HASH = re.compile(r"\[[0-9a-f]{8,16}\](?=::)")
# A name ends there, or its arguments, its hash or an offset follow: "raise(int)", "abort + 180".
_END = r"(?=[\s(<@[]|\.(?:cold|isra|part|constprop|llvm)|::h[0-9a-f]{16}|$)"
_ANYWHERE = re.compile(rf"(?:{ANYWHERE}){_END}", re.VERBOSE)
_COMPILED = re.compile(rf"(?:{COMPILED}){_END}", re.VERBOSE)
_AROUND_THE_APP = re.compile(rf"(?:{AROUND_THE_APP}){_END}", re.VERBOSE)
_HELPERS = re.compile(rf"(?:^|[.+:])(?:{HELPERS})", re.VERBOSE)
_OF_LANGUAGES = {
    name: re.compile(rf"(?:{names}){_END}", re.VERBOSE)
    for languages, names in OF_LANGUAGES.items()
    for name in languages.split()
}
# Languages whose programs are not compiled to calls of C.
_INTERPRETED = frozenset(
    """python node javascript ruby php java csharp perl elixir erlang dart flutter lua r julia powershell tcl
    groovy kotlin scala""".split()
)
_SCRIPT = re.compile(r"\.(?:[cm]?[jt]sx?|vue|py|rb|php|pl|pm|lua|java|kt|cs|vb|fs|exs?|dart|R|jl|ps1|tcl)$")
_OF_LUA = ("[C]", "=[C]")


class Machinery(IntEnum):
    """What a call of the machinery says of others: all that one that `RAISES` calls is machinery, too."""

    NONE = 0
    SKIPPED = 1
    RAISES = 2


def is_compiled(path: str | None, platform: str | None) -> bool:
    """Whether a call may be one of C's: by the language, or its file's where the language is not known."""
    return platform not in _INTERPRETED and not (path and _SCRIPT.search(path[-_LONGEST:]))


def of(path: str | None, module: str | None, function: str | None, platform: str | None) -> Machinery:
    """What a call of these names is; any may be missing. `platform` is Sentry's name of the language."""
    if not function:
        return Machinery.NONE
    name = function[:_LONGEST].strip()
    if "]::" in name:
        name = _CRATE_HASH.sub("", name)
    compiled = is_compiled(path, platform)
    found = _of_name(name, path, platform, compiled=compiled)
    if found is Machinery.NONE and module and platform not in ("javascript", "node"):
        found = _of_name(f"{module[-_LONGEST:]}.{name}", path, platform, compiled=compiled)
    return found


def _of_name(name: str, path: str | None, platform: str | None, *, compiled: bool) -> Machinery:
    in_front = _IN_FRONT.match(name)
    if in_front is not None:
        name = name[in_front.end() :]
        compiled = compiled or in_front["wasm"] is not None
    names = _OF_LANGUAGES.get(platform or "")
    if names is not None and names.match(name) and (platform != "lua" or not path or path in _OF_LUA):
        return Machinery.SKIPPED
    if _ANYWHERE.match(name) or (compiled and _COMPILED.match(name)):
        return Machinery.RAISES
    if _AROUND_THE_APP.match(name) or (platform in ("csharp", None) and _HELPERS.search(name)):
        return Machinery.SKIPPED
    return Machinery.NONE
