"""Perl's: what `die` says, and the calls below it where Carp's `confess` or Devel::StackTrace lists them.

    total is negative: -5 at lib/Shop/Till.pm line 4, <STDIN> line 1.
            Shop::Till::refuse("order 7", -5) called at lib/Shop/Till.pm line 3
            eval {...} called at lib/Shop/Till.pm line 3
            main::checkout("order 7") called at shop.pl line 4

A line names the function that was called, and the place that called it. See
https://perldoc.perl.org/functions/die and https://perldoc.perl.org/Carp.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"\ at\ \S[^\n]{0,300}\ line\ \d"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_PATH = r"(?P<path>\(eval\ \d+\)(?:\[[^\]\n]*\])?|[^\s\"'()<>,;]+)"
_DIED = re.compile(
    rf"""(?P<value>.*?)\ at\ {_PATH}\ line\ (?P<line>\d{{1,9}})
        (?:,\ <[^<>\n]{{0,100}}>\ (?:line|chunk)\ \d{{1,12}})?
        (?:,\ (?:near|at)\ .*|\ during\ global\ destruction)?\.?\s*
    """,
    re.VERBOSE,
)
_CALLED = re.compile(rf"\s+(?P<name>\S.*?)\ called\ at\ {_PATH}\ line\ (?P<line>\d{{1,9}})\s*", re.VERBOSE)
_BEGUN = re.compile(rf"Trace\ begun\ at\ {_PATH}\ line\ (?P<line>\d{{1,9}})\s*", re.VERBOSE)
_LISTED = re.compile(
    rf"(?P<name>[A-Za-z_][\w:]*(?:\(.*\))?"
    rf"|eval\ \{{\.\.\.\}})\ (?:called\ )?at\ {_PATH}\ line\ (?P<line>\d{{1,9}})\s*",
    re.VERBOSE,
)
# Why a file could not be loaded is said first, and then who wanted it.
_ABORTED = re.compile(
    rf"""(?:Compilation\ failed\ in\ require|(?P<name>BEGIN|END|INIT)\ failed--compilation\ aborted)
        \ at\ {_PATH}\ line\ (?P<line>\d{{1,9}})(?:,\ <[^<>\n]{{0,100}}>\ line\ \d{{1,12}})?\.?\s*
    """,
    re.VERBOSE,
)
_KNOWN = re.compile(
    r"\s*(?:Trace begun at .*|\.\.\.propagated at .*|Execution of .* aborted due to compilation errors\."
    r"|Died)\s*"
)
_SCRIPT = re.compile(
    r"-e?|\(eval .*|.*\.(?:p[lmh]|PL|t|cgi|fcgi|psgi|al)|/.*/(?:s?bin|cgi-bin|scripts?)/[^/.]+"
)
_CLASS = re.compile(r"(?P<type>[A-Z]\w*(?:::\w+)+)(?:=[A-Z]+\(0x[0-9a-f]+\)|: )")
_LIBRARY = re.compile(
    r"/(?:share|lib|lib64)/(?:[\w-]+-linux-[\w-]+/)?perl(?:5|-base)?(?:/|$)|/site_perl/|/vendor_perl/"
    r"|/lib/perl5/"
    r"|/perl5?/(?:lib/)?5\.\d|/auto/|^(?:lib/)?(?:Carp|Moose|Moo|Try/Tiny|DBI|DBIx/Class|Mojo|Dancer2?"
    r"|Plack|Catalyst)"
    r"(?:/.*)?\.pm$"
)
_DEEPEST_NAME = 200


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first `die` that names a Perl file, or that has calls below it."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        if " line " not in line or " at " not in line:
            continue
        begun = _BEGUN.fullmatch(line.strip())
        if begun is not None:
            return _listed(lines, n, begun)
        column = after_log_prefix(line)
        died = _DIED.fullmatch(line, column)
        if died is not None and (_SCRIPT.fullmatch(died["path"]) or _CALLED.fullmatch(bounded(lines, n + 1))):
            return walk(lines, n + 1, _raised(died), _GRAMMAR, column=column, finish=_name_callers)
    return None


def _raised(died: re.Match[str]) -> ExceptionBuilder:
    value = died["value"]
    named = _CLASS.match(value)
    return ExceptionBuilder(
        type=named["type"] if named is not None else None,
        message=[value[named.end() :] if named is not None else value],
        calls=[_frame(died, None)],
    )


def _listed(lines: Sequence[str], n: int, begun: re.Match[str]) -> LocatedTrace:
    """Parse what Devel::StackTrace writes, below a message or without one."""
    raised = ExceptionBuilder(calls=[_frame(begun, None)])
    above = bounded(lines, n - 1)
    first, column = n, 0
    if above.strip():
        first, column = n - 1, after_log_prefix(above)
        died = _DIED.fullmatch(above, column)
        if died is not None:
            raised.type, raised.message = _raised(died).type, _raised(died).message
        else:
            raised.message = [above[column:].rstrip()]
    return walk(lines, n + 1, raised, _GRAMMAR, first=first, column=column, finish=_name_callers)


def _call(lines: Sequence[str], n: int) -> Call | None:
    line = lines[n]
    if " at " not in line:
        return None
    aborted = _ABORTED.fullmatch(line)
    if aborted is not None:
        return Call(_frame(aborted, aborted["name"] or "require"))
    match = _CALLED.fullmatch(line) or _LISTED.fullmatch(line)
    return Call(_frame(match, match["name"])) if match is not None else None


def _frame(place: re.Match[str], called: str | None) -> Frame:
    """The frame of a place; its function is, until `_name_callers`, what was called there."""
    path = place["path"]
    made = frame("perl", path, int(place["line"]), function=_without_arguments(called))
    return replace(made, in_app=False) if _LIBRARY.search(path) else made


def _without_arguments(called: str | None) -> str | None:
    if called is None or called.startswith("eval "):
        return called and "eval {...}"
    return called.partition("(")[0][:_DEEPEST_NAME] or called[:_DEEPEST_NAME]


def _name_callers(chain: Sequence[ExceptionBuilder]) -> None:
    """Give each place the function that it is in, which the next older call names."""
    for raised in chain:
        calls = raised.calls
        named = [replace(newer, function=older.function) for newer, older in pairwise(calls)]
        raised.calls = [*map(_with_module, named), *(replace(call, function=None) for call in calls[-1:])]


def _with_module(call: Frame) -> Frame:
    module, found, _name = (call.function or "").rpartition("::")
    return replace(call, module=module) if found else call


_GRAMMAR = Grammar(
    platform="perl",
    call=_call,
    known=_KNOWN,
    another=re.compile(
        rf"(?<!called)\ at\ {_PATH}\ line\ \d+(?:,\ <[^<>\n]{{0,100}}>\ line\ \d+)?\.$", re.VERBOSE
    ),
)
