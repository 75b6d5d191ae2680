"""Reads the place of a JavaScript call: a file or URL with line and column, in the spelling of any engine.

Beside files there are code of the engine (``native code``), code that was evaluated, which has no file and is
placed where it was evaluated, and WebAssembly, whose places are offsets in a module
(https://webassembly.github.io/spec/web-api/#conventions).
"""

import re
from urllib.parse import unquote

from app.model import Frame
from app.protocols.stacktrace.frames import frame

# The shortest path that line and column may follow: the digits of both stand at the very end.
_LOCATED = re.compile(r"(?:address at )?(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)
_WASM = re.compile(
    r"(?P<path>.*?):?(?P<name>wasm-function\[[^\]\s]{1,300}\])(?::(?P<offset>0x[0-9a-fA-F]{1,16}|\d{1,12}))?",
    re.DOTALL,
)
_OLD_WASM = re.compile(r"<WASM(?: UNNAMED)?>(?:\[\d+\]\+|:\d{1,9}:)(?P<offset>\d{1,12})")
_WASM_CODE = re.compile(r"\[wasm[ -]code\]")
# Firefox: "cart.js line 30 > eval", "cart.js line 3 > WebAssembly.Module", also several in a row.
_EVALUATED = re.compile(r"(?P<path>.+?) line (?P<line>\d{1,9}) > .*", re.DOTALL)
_INNERMOST = re.compile(r"\((?P<place>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_BUILT_IN = re.compile(
    r"""
      \[?native(?:\ code)?\]? | index\ \d+ | unknown(?:\ location|\ source|\ file)?
    | <[\w\ .:-]{1,80}> | wasm://\S+ | anonymous | (?:eval|Function|global|module|Unknown\ script)\ code
    """,
    re.VERBOSE,
)
# What a browser or bundler runs that is no file: "(native code)" is written with or without brackets.
_CODE_NAMES = r"(?:eval|Function|global|module|Unknown\ script|debugger\ eval)\ code"
_SCRIPT = (
    r"(?:[cm]?[jt]sx?|jsbundle|bundle|hbc|es[56]?|vue|svelte|astro|mdx|wasm|html?|coffee|jsc)(?:[?\#/].*)?"
)
_SURE_PATH = re.compile(
    rf"""
      [A-Za-z][\w.+-]{{1,40}}:// | /(?!/?\s) | [A-Za-z]:[\\/] | \\\\\w | \.{{1,2}}[\\/] | ~/ | \[project\]/
    | (?:node|deno|ext|bun|internal|blob|data|about|file|webpack|webpack-internal|turbopack|evalmachine|pptr
        |ng|javascript|safari-web-extension|safari-extension|jar|vm|electron|user-script|rsc|app|embedded):\S
    | (?:<[\w\ .-]{{1,80}}> | \[eval\d*\][\w-]* | REPL\d+ | repl | user-script | self-hosted | VM\d+
        | [\w.]*<anonymous> | injectedScript | __\w+_script__ | native | {_CODE_NAMES} )$
    | (?=[^\s@:]) [^@:\n]{{1,1000}}? \.{_SCRIPT}$
    """,
    re.VERBOSE,
)
_SCRIPT_NAME = re.compile(rf"\.{_SCRIPT}$")
_LETTER = re.compile(r"[^\W\d]|<")
# Other languages write "at src/main.rs:3:5" too.
_FOREIGN = re.compile(
    r"\.(?:rs|java|kts?|scala|groovy|clj|cs|vb|fs|go|py|rb|php|cc?|cpp|cxx|hh?|hpp|swift|mm?|p[lm]|jl|nim|zig"
    r"|cr|exs?|erl|lua|psm?1|[rR]|mli?|hs|dart|tcl|sh)$"
)
_HOST_ALONE = re.compile(
    r"(?:https?|wss?|tcp|udp|grpc|ftp|ssh|smtp|redis|amqp|mongodb|nats|mqtt|kafka|mysql|postgres(?:ql)?)s?"
    r"://[^/\s]*"
)
NATIVE = "[native code]"


def is_sure(path: str) -> bool:
    """Whether `path` is that of code, whatever stands around it: an absolute file, a URL, a script's name."""
    evaluated = _EVALUATED.fullmatch(path) if " > " in path else None
    if evaluated is not None:
        path = evaluated["path"]
    return _SURE_PATH.match(path) is not None and _FOREIGN.search(path) is None


def read(text: str, function: str | None, *, is_bare: bool = False) -> Frame | None:
    """The call of `function` at the place `text`; None where it is none.

    `is_bare`: nothing around the text says that it is a place, so it has to look like one by itself.
    """
    if text.startswith("eval at "):
        return _evaluated(text, function)
    # "(async http://…:1:2)" of old Chromium; "src/cart.ts:3:4 <- cart.js:5:6" of Karma.
    text = text.removeprefix("async ").partition(" <- ")[0]
    wasm = _wasm(text, function)
    if wasm is not None:
        return wasm
    match = _LOCATED.fullmatch(text)
    if match is not None:
        path, column = match["path"], match["column"]
        if not _is_path(path, is_bare=is_bare, has_column=column is not None):
            return None
        return located(path, int(match["line"]), int(column) if column else None, function)
    if is_bare or _BUILT_IN.fullmatch(text) is None:
        return None
    return frame("javascript", "<anonymous>" if text.startswith("index ") else text, function=function)


def located(path: str, line: int | None, column: int | None, function: str | None) -> Frame:
    """The call in `path`, which is a file or URL as an engine writes it."""
    evaluated = _EVALUATED.fullmatch(path) if " > " in path else None
    if evaluated is not None:
        path, line, column = evaluated["path"], int(evaluated["line"]), None
    if path.startswith("file:///"):
        path = unquote(path[8:] if path[9:10] == ":" else path[7:])
    return frame("javascript", path, line, column, function=function)


def without_line(text: str, function: str | None) -> Frame | None:
    """The call of `function` in a file of which the engine does not say the line; None for other text."""
    text = text.removeprefix("address at ")
    if " " in text or not is_sure(text) or _HOST_ALONE.fullmatch(text) is not None:
        return None
    return located(text, None, None, function)


def in_code(text: str, function: str | None) -> Frame | None:
    """The call of `function` in ``[native code]`` or ``[wasm code]``, as Safari writes it."""
    if text == NATIVE or _WASM_CODE.fullmatch(text) is not None:
        return frame("javascript", text, function=function)
    return None


def _is_path(path: str, *, is_bare: bool, has_column: bool) -> bool:
    if is_sure(path):
        if not is_bare:
            return True
        # "http://localhost:8080" is an address, not a line of it. Others write "at ../start.S:115", too.
        is_script = has_column or "://" in path or _SCRIPT_NAME.search(path) is not None
        return is_script and _HOST_ALONE.fullmatch(path) is None
    if _FOREIGN.search(path) is not None and (is_bare or not has_column):
        return False
    if not has_column:
        return False
    if " " in path:
        return "/" in path or "\\" in path
    if not is_bare:
        return True
    return any(sign in path for sign in "./\\<") and _LETTER.search(path) is not None


def _evaluated(text: str, function: str | None) -> Frame | None:
    """Evaluated code has no file: use the innermost place that evaluated it."""
    inner = text.rpartition("(")[2].partition(")")[0]
    found = read(inner, function) if inner != text else None
    if found is not None and found.line is not None:
        return found
    for match in _INNERMOST.finditer(text):
        found = read(match["place"], function) if not match["place"].startswith("eval at ") else None
        if found is not None and found.line is not None:
            return found
    # Evaluated by code that has no file either.
    last = text.rpartition(", ")[2]
    return read(last, function) if last != text else None


def _wasm(text: str, function: str | None) -> Frame | None:
    if "wasm-function[" in text:
        match = _WASM.fullmatch(text)
        if match is not None:
            path = match["path"].rstrip(":").removeprefix("<?>") or "[wasm code]"
            if " " in path and not is_sure(path) and path != "[wasm code]":
                return None
            return _in_module(path, function or match["name"], match["offset"])
    old = _OLD_WASM.fullmatch(text)
    return _in_module("[wasm code]", function, old["offset"]) if old is not None else None


def _in_module(path: str, function: str | None, offset: str | None) -> Frame:
    """A call in a module of WebAssembly: its column is the offset in the module's bytes, as V8 has it."""
    evaluated = _EVALUATED.fullmatch(path)
    if evaluated is not None:
        return located(evaluated["path"], int(evaluated["line"]), None, function)
    return located(
        path, None, int(offset, 0 if offset.startswith("0x") else 10) if offset else None, function
    )
