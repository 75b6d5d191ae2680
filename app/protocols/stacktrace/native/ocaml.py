"""OCaml's: an exception and its backtrace, as programs print them with `OCAMLRUNPARAM=b`.

    Fatal error: exception Shop.Declined("order 7", -5)
    Raised at Shop.refuse in file "shop.ml", line 2, characters 25-56
    Called from Shop.checkout.(fun) in file "shop.ml", line 4, characters 47-61

See https://ocaml.org/manual/runtime.html and `Printexc`.
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"""Fatal\ error:\ exception\ | in\ file\ "[^"\n]+"(?:\ \(inlined\))?,\ lines?\ \d"""
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_FATAL = re.compile(r"(?:.{0,200}?\s)?Fatal error: exception (?P<raised>.*)", re.DOTALL)
_CALL = re.compile(
    r"""\s*(?:Raised\ (?:at|by\ primitive\ operation\ at)|Re-raised\ at
        |Called\ from)\ (?:(?P<name>\S+)\ in\ )?
        file\ "(?P<path>[^"\n]+)"(?:\ \(inlined\))?,\ lines?\ (?P<line>\d{1,9})(?:-\d+)?
        (?:,\ characters?\ (?P<column>\d{1,9})(?:-\d+)?)?\s*
    """,
    re.VERBOSE,
)
_UNKNOWN = re.compile(r"\s*(?:Raised|Re-raised|Called) (?:at|from|by).* unknown location.*")
_TYPE = re.compile(r"(?P<type>(?:[A-Z][\w']*\.)*[A-Z][\w']*)(?:\((?P<value>.*)\)|: (?P<text>.*))?", re.DOTALL)
_LIBRARY = re.compile(r"(?:Stdlib|CamlinternalLazy|Lwt|Async|Base|Core)(?:__|\.|$)|Dune__exe")
_FILES = re.compile(r"^(?:src/core/lwt|stdlib/|/usr/lib/ocaml)|/\.opam/|/_opam/")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first uncaught exception, or the first backtrace with the exception above it."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        fatal = _FATAL.fullmatch(line) if "Fatal error: exception " in line else None
        if fatal is not None:
            column = fatal.start("raised") - len("Fatal error: exception ")
            return walk(lines, n + 1, _raised(fatal["raised"]), _GRAMMAR, column=column)
        if " file " in line and _CALL.fullmatch(line):
            above = bounded(lines, n - 1)
            column = after_log_prefix(above)
            named = _TYPE.fullmatch(above, column) if above.strip() else None
            if named is None:
                return walk(lines, n, ExceptionBuilder(), _GRAMMAR, first=n)
            return walk(lines, n, _raised(above[column:]), _GRAMMAR, first=n - 1, column=column)
    return None


def _raised(text: str) -> ExceptionBuilder:
    match = _TYPE.fullmatch(text.rstrip())
    if match is None:
        return ExceptionBuilder(message=[text])
    value = match["value"] if match["value"] is not None else match["text"] or ""
    if value.startswith('"') and value.endswith('"') and value.count('"') == 2:
        value = value[1:-1]
    return ExceptionBuilder(type=match["type"], message=[value])


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n])
    if match is None:
        return None
    name = match["name"] or ""
    module, dot, function = name.rpartition(".") if not name.endswith("(fun)") else name[:-6].rpartition(".")
    if name.endswith("(fun)"):
        module, dot, function = (module, dot, f"{function}.(fun)") if dot else (name[:-6], ".", "(fun)")
    made = frame(
        "ocaml",
        match["path"],
        int(match["line"]),
        int(match["column"]) + 1 if match["column"] else None,
        module=(module if dot else name) or None,
        function=(function if dot else None) or None,
    )
    is_library = bool(_LIBRARY.match(name) and not name.startswith("Dune__exe")) or bool(
        _FILES.search(match["path"])
    )
    return Call(replace(made, in_app=False) if is_library else made)


_GRAMMAR = Grammar(
    platform="ocaml", call=_call, known=_UNKNOWN, another=re.compile(r"Fatal error: exception ")
)
