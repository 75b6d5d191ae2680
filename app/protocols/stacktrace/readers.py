"""Every language's reader, and which of them a text may interest."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.protocols.stacktrace.javascript import errors as javascript
from app.protocols.stacktrace.languages import (
    beam,
    beam_terms,
    dart,
    dotnet,
    faulthandler,
    go,
    godot,
    java,
    julia,
    lua,
    perl,
    php,
    powershell,
    python,
    r,
    ruby,
    rust,
    shell,
    tcl,
)
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native import (
    backtraces,
    crystal,
    debuggers,
    haskell,
    nim,
    ocaml,
    sanitizers,
    swift,
    zig,
)

_Find = Callable[[Sequence[str]], LocatedTrace | None]


class Reader(Struct, frozen=True):
    """Finds traces of one language in lines; only texts that match `sign` have any.

    Every text that does has one of the `words`, where there are any: to look for a word takes a hundredth of
    the time that a pattern takes.
    """

    find: _Find
    sign: re.Pattern[str]
    platforms: tuple[str, ...]
    words: tuple[str, ...] = ()

    def may_find(self, text: str) -> bool:
        """Whether `text` may have a trace of this language."""
        for word in self.words:
            if word in text:
                return self.sign.search(text) is not None
        return not self.words and self.sign.search(text) is not None


def _reader(find: _Find, sign: str, *platforms: str, words: tuple[str, ...] = ()) -> Reader:
    return Reader(find, re.compile(sign, re.VERBOSE | re.MULTILINE), platforms, words)


ALL = (
    _reader(python.find, python.SIGN, "python", words=('File "', "Traceback (most")),
    _reader(faulthandler.find, faulthandler.SIGN),
    _reader(javascript.find, javascript.SIGN, "javascript", "node"),
    _reader(java.find, java.SIGN, "java", words=("at ",)),
    _reader(dotnet.find, dotnet.SIGN, "csharp"),
    _reader(go.find, go.SIGN, "go", words=(".go:", ".s:", ".c:", "goroutine ", "DATA RACE")),
    _reader(
        ruby.find,
        ruby.SIGN,
        "ruby",
        words=(":in `", ":in '", "from ", ".rb:", ".erb:", ".rake:", "org/jruby/", "org.jruby.", ".java:"),
    ),
    _reader(php.find, php.SIGN, "php", words=("#0 ",)),
    _reader(
        rust.find,
        rust.SIGN,
        "rust",
        words=("panicked at", "tack backtrace:", "Caused by:", *(f"{digit}: " for digit in range(10))),
    ),
    _reader(
        dart.find,
        dart.SIGN,
        "dart",
        words=(".dart", "dart:", " abs ", "application/dart", "EXCEPTION", "Exception caught"),
    ),
    _reader(
        beam.find,
        beam.SIGN,
        "elixir",
        "erlang",
        words=(
            "** (",
            "exception error:",
            "exception exit:",
            "exception throw:",
            ".ex:",
            ".exs:",
            ".erl:",
            "eex:",
            "in function ",
        ),
    ),
    _reader(beam_terms.find, beam_terms.SIGN, words=("{file,", "[file: ")),
    _reader(perl.find, perl.SIGN, "perl", words=(" line ",)),
    _reader(powershell.find, powershell.SIGN, "powershell", words=(" char:", "Line |", ": line ")),
    _reader(lua.find, lua.SIGN, "lua", words=("stack traceback:", ": in main chunk", ": in function ")),
    _reader(
        r.find,
        r.SIGN,
        "r",
        words=("Execution halted", "Calls: ", "Backtrace:", "R#", "r#", "Rmd#", "Error in `"),
    ),
    _reader(julia.find, julia.SIGN, "julia", words=("Stacktrace:", ".jl:", "REPL[")),
    _reader(
        swift.find,
        swift.SIGN,
        "cocoa",
        "swift",
        "objc",
        words=(
            "Fatal error",
            "recondition failed",
            "ssertion failed",
            "Exception Type:",
            "throw call stack",
            "uncaught exception",
            "rashed:",
            " + ",
        ),
    ),
    _reader(
        sanitizers.find,
        sanitizers.SIGN,
        "native",
        "c",
        "cpp",
        words=("Sanitizer: ", "runtime error: ", " at 0x", " by 0x"),
    ),
    _reader(debuggers.find, debuggers.SIGN, words=("#0 ", "#1 ", "frame #")),
    _reader(
        backtraces.find,
        backtraces.SIGN,
        words=("[0x", "terminate called", "exception of type", "Assertion", "0# ", "@ ", " pc "),
    ),
    _reader(haskell.find, haskell.SIGN, "haskell", words=("CallStack", "called at ")),
    _reader(ocaml.find, ocaml.SIGN, "ocaml", words=("Fatal error: exception ", ' in file "')),
    _reader(nim.find, nim.SIGN, "nim", words=(".nim(", ".nims(", "unhandled exception: ")),
    _reader(crystal.find, crystal.SIGN, "crystal", words=("Unhandled exception", " in '")),
    _reader(zig.find, zig.SIGN, "zig", words=(": 0x",)),
    _reader(godot.find, godot.SIGN, "gdscript", words=("(res://",)),
    _reader(tcl.find, tcl.SIGN, "tcl", words=("while executing", "invoked from within", "while compiling")),
    _reader(shell.find, shell.SIGN, "bash", words=("sh:",)),
)
"""The readers, in the order in which they are asked."""

_OF_PLATFORM = {platform: reader for reader in ALL for platform in reader.platforms}


def has_sign(text: str) -> bool:
    """Whether any reader may find a trace in `text`."""
    return any(reader.may_find(text) for reader in ALL)


def signs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The patterns of `has_sign`, verbose, with `^` and `$` at the ends of lines; each with its words."""
    return tuple(dict.fromkeys((reader.sign.pattern, reader.words) for reader in ALL))


def of_platform(platform: str | None) -> Reader | None:
    """The reader of Sentry's platform of that name."""
    return _OF_PLATFORM.get(platform or "")


def interested(text: str, without: Reader | None = None) -> list[Reader]:
    """The readers that may find a trace in `text`; most texts have none."""
    return [reader for reader in ALL if reader is not without and reader.may_find(text)]
