"""A stack trace as its language prints it, so that what is copied is what people and tools know.

Frames come oldest call first, exceptions cause first. Only Python prints them so; all others begin with what
was raised and the newest call. Of the text of names and messages nothing is left out.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from app import exception_tree
from app.exception_tree import SIDEWAYS, Relation
from app.model import Event, ExceptionInfo, Frame
from app.protocols.event.failing_frame import choice
from app.source import dynamic_traces, language, python_trace
from app.source.trace_parts import chain_of, headed, path, qualified, type_name, value, with_module

_MOST_EXCEPTIONS = 1_000

Printer = Callable[[Sequence[ExceptionInfo]], Iterator[str]]


def of_event(event: Event) -> str:
    """All exceptions of the event; its message where it has none. Ends without a newline."""
    if not event.exceptions:
        crashed = [thread for thread in event.threads if thread.crashed] or list(event.threads)
        frames = crashed[0].frames if crashed else ()
        return of_frames(frames, event.platform, event.title or event.message or "Error")
    return of_exceptions(event.exceptions, event.platform)


def of_exceptions(exceptions: Sequence[ExceptionInfo], platform: str | None) -> str:
    """The exceptions of a chain, as the language of the platform prints them."""
    spoken = _language(exceptions, platform)
    return "\n".join(_PRINTERS.get(spoken or "", _generic)(exceptions[-_MOST_EXCEPTIONS:]))


def of_frames(frames: Sequence[Frame], platform: str | None, heading: str) -> str:
    """A stack without an exception, below a heading: a thread's."""
    spoken = _language((ExceptionInfo(frames=tuple(frames)),), platform)
    call = _CALLS.get(spoken or "", _generic_call)
    ordered = frames if spoken == "python" else tuple(reversed(frames))
    return "\n".join((heading, *(line for frame in ordered for line in call(frame))))


def _language(exceptions: Sequence[ExceptionInfo], platform: str | None) -> str | None:
    spoken = language.of_platform(platform)
    if spoken is None or spoken == "cpp":
        frames = [frame for exception in exceptions for frame in exception.frames[-5:]]
        spoken = next((found for frame in frames if (found := language.of(frame, None))), spoken)
    return _SAME.get(spoken or "", spoken)


_SAME = {"typescript": "javascript", "kotlin": "java", "scala": "java", "groovy": "java", "fsharp": "csharp"}


def _java(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    tree = exception_tree.branches(exceptions)
    below = exception_tree.children(tree)
    # Each with the calls of the exception that encloses it, and its indent.
    waiting: list[tuple[int, Sequence[Frame], str]] = [(root, (), "") for root in below.get(None, ())]
    while waiting:
        index, enclosing, indent = waiting.pop()
        exception, relation = exceptions[index], tree[index].relation
        heading = headed(qualified(exception), value(exception))
        yield indent + (f"{_JAVA_RELATIONS[relation]}: {heading}" if relation else heading)
        frames = tuple(reversed(exception.frames))
        shared = _shared_end(frames, enclosing)
        for frame in frames[: len(frames) - shared]:
            yield from (indent + line for line in _java_call(frame))
        if shared:
            yield f"{indent}\t... {shared} more"
        # What it suppressed stands before its cause, and further in.
        waiting += [
            (each, frames, indent if tree[each].relation not in SIDEWAYS else indent[:20] + "\t")
            for each in sorted(
                below.get(index, ()),
                key=lambda each: (tree[each].relation in SIDEWAYS, -tree[each].number, each),
            )
        ]


_JAVA_RELATIONS = {
    Relation.CAUSE: "Caused by",
    Relation.CONTEXT: "Caused by",
    Relation.MEMBER: "Caused by",
    Relation.SUPPRESSED: "Suppressed",
}


def _shared_end(frames: Sequence[Frame], enclosing: Sequence[Frame]) -> int:
    """How many of the oldest calls are those of the exception around it: Java leaves them out."""
    shared = 0
    while shared < min(len(frames), len(enclosing)) - 1 and _same(
        frames[-1 - shared], enclosing[-1 - shared]
    ):
        shared += 1
    return shared


def _same(one: Frame, other: Frame) -> bool:
    return (one.module, one.function, one.line, one.filename) == (
        other.module,
        other.function,
        other.line,
        other.filename,
    )


def _java_call(frame: Frame) -> Iterator[str]:
    function = frame.function or "<unknown>"
    name = with_module(frame, function)
    file = (frame.filename or "").replace("\\", "/").rpartition("/")[2]
    if not file:
        place = "Unknown Source"
    elif frame.line is None or frame.line < 0:
        place = file if frame.line is None else "Native Method"
    else:
        place = f"{file}:{frame.line}"
    yield f"\tat {name}({place})"


def _javascript(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    chain = chain_of(exceptions)
    for number, exception in enumerate(chain):
        indent = "  " * min(number, 20)
        heading = headed(type_name(exception), value(exception)).replace("\n", f"\n{indent}")
        end = " {" if number + 1 < len(chain) else ""
        yield f"{indent}{'[cause]: ' if number else ''}{heading}{'' if exception.frames else end}"
        calls = [line for frame in reversed(exception.frames) for line in _javascript_call(frame)]
        for place, call in enumerate(calls):
            yield f"{indent}{call}{end if place + 1 == len(calls) else ''}"
    for number in reversed(range(len(chain) - 1)):
        yield "  " * min(number, 20) + "}"


def _javascript_call(frame: Frame) -> Iterator[str]:
    place = path(frame)
    if frame.line is not None:
        place += f":{frame.line}"
        if frame.column is not None:
            place += f":{frame.column}"
    function = frame.function
    yield (
        f"    at {function} ({place})"
        if function and function not in ("?", "<anonymous>")
        else f"    at {place}"
    )


def _ruby(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    for exception in chain_of(exceptions):
        frames = list(reversed(exception.frames))
        message, _, rest = value(exception).partition("\n")
        name = f"{qualified(exception, '::')}"
        said = f"{message} ({name})" if message else f"unhandled exception ({name})"
        yield f"{_ruby_place(frames[0])}: {said}" if frames else said
        if rest:
            yield rest
        for frame in frames[1:]:
            yield f"\tfrom {_ruby_place(frame)}"


def _ruby_place(frame: Frame) -> str:
    place = f"{path(frame)}:{frame.line}" if frame.line is not None else path(frame)
    if not frame.function:
        return place
    if frame.module:  # only Ruby 3.4 and later name it
        return f"{place}:in '{frame.module}#{frame.function}'"
    return f"{place}:in `{frame.function}'"


def _ruby_call(frame: Frame) -> Iterator[str]:
    yield f"\tfrom {_ruby_place(frame)}"


def _go(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    for number, exception in enumerate(chain_of(exceptions)):
        heading = value(exception) or type_name(exception)
        yield f"caused by: {heading}" if number else f"panic: {heading}"
        if exception.frames:
            yield ""
            yield "goroutine 1 [running]:"
            for frame in reversed(exception.frames):
                yield from _go_call(frame)


def _go_call(frame: Frame) -> Iterator[str]:
    function = frame.function or "unknown"
    name = with_module(frame, function)
    yield f"{name}(...)"
    yield f"\t{path(frame)}:{frame.line or 0}"


def _csharp(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    chain = chain_of(exceptions)
    headings = [headed(qualified(exception), value(exception)) for exception in chain]
    yield "\n ---> ".join(headings)
    for number, exception in reversed(list(enumerate(chain))):
        for frame in reversed(exception.frames):
            yield from _csharp_call(frame)
        if number:
            yield "   --- End of inner exception stack trace ---"


def _csharp_call(frame: Frame) -> Iterator[str]:
    function = frame.function or "<unknown>"
    name = with_module(frame, function)
    call = name if name.endswith(")") else f"{name}()"
    path = frame.abs_path or frame.filename
    yield f"   at {call} in {path}:line {frame.line}" if path and frame.line is not None else f"   at {call}"


def _php(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    chain = list(reversed(chain_of(exceptions)))
    for number, exception in enumerate(chain):
        frames = list(reversed(exception.frames))
        heading = headed(qualified(exception, "\\"), value(exception))
        place = f" in {path(frames[0])}:{frames[0].line or 0}" if frames else ""
        yield f"\nNext {heading}{place}" if number else f"PHP Fatal error:  Uncaught {heading}{place}"
        yield "Stack trace:"
        calls = list(pairwise(frames))
        for place_number, (called, caller) in enumerate(calls):
            where = f"{path(caller)}({caller.line})" if caller.line is not None else "[internal function]"
            yield f"#{place_number} {where}: {_php_function(called)}()"
        yield f"#{len(calls)} {{main}}"
    if chain and chain[-1].frames:
        last = chain[-1].frames[-1]
        yield f"  thrown in {path(last)} on line {last.line or 0}"


def _php_function(frame: Frame) -> str:
    function = frame.function or "{closure}"
    if frame.module and "::" not in function and "->" not in function and "\\" not in function:
        return f"{frame.module}->{function}"
    return function


def _php_call(frame: Frame) -> Iterator[str]:
    yield f"{path(frame)}({frame.line or 0}): {_php_function(frame)}()"


def _rust(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    chain = chain_of(exceptions)
    raised = chain[0]
    newest = choice.frame_of(raised.frames, "rust")
    message = value(raised) or type_name(raised)
    if newest is not None and newest.in_app and newest.line is not None:
        column = f":{newest.column}" if newest.column is not None else ""
        yield f"thread 'main' panicked at {path(newest)}:{newest.line}{column}:"
        yield message
    else:
        yield f"Error: {message}"
    if len(chain) > 1:
        yield ""
        yield "Caused by:"
        for number, cause in enumerate(chain[1:]):
            yield f"    {number}: {value(cause) or type_name(cause)}"
    frames = next((exception.frames for exception in chain if exception.frames), ())
    if any(frame.function for frame in frames):
        yield "stack backtrace:"
        for number, frame in enumerate(reversed(frames)):
            yield f"{number:4}: {_rust_name(frame)}"
            if frame.filename or frame.abs_path:
                column = f":{frame.column}" if frame.column is not None else ""
                yield f"             at {path(frame)}:{frame.line or 0}{column}"


def _rust_name(frame: Frame) -> str:
    function = frame.function or "<unknown>"
    return f"{frame.module}::{function}" if frame.module and "::" not in function else function


def _rust_call(frame: Frame) -> Iterator[str]:
    yield f"   {_rust_name(frame)}"
    if frame.filename or frame.abs_path:
        yield f"             at {path(frame)}:{frame.line or 0}"


def _dart(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    for exception in chain_of(exceptions):
        yield headed(type_name(exception), value(exception))
        for number, frame in enumerate(reversed(exception.frames)):
            yield f"{f'#{number}':<7} {next(_dart_call(frame))}"


def _dart_call(frame: Frame) -> Iterator[str]:
    numbers = "".join(f":{number}" for number in (frame.line, frame.column) if number is not None)
    yield f"{frame.function or '<anonymous closure>'} ({frame.filename or path(frame)}{numbers})"


def _generic(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    for number, exception in enumerate(chain_of(exceptions)):
        heading = headed(qualified(exception), value(exception))
        yield f"Caused by: {heading}" if number else heading
        for frame in reversed(exception.frames):
            yield from _generic_call(frame)


def _generic_call(frame: Frame) -> Iterator[str]:
    place = f"{path(frame)}:{frame.line}" if frame.line is not None else path(frame)
    yield f"    at {frame.function or '?'} ({place})"


_PRINTERS: dict[str, Printer] = {
    "python": python_trace.printed,
    "java": _java,
    "javascript": _javascript,
    "ruby": _ruby,
    "go": _go,
    "csharp": _csharp,
    "php": _php,
    "rust": _rust,
    "dart": _dart,
    "elixir": dynamic_traces.elixir,
    "perl": dynamic_traces.perl,
    "lua": dynamic_traces.lua,
}
_CALLS: dict[str, Callable[[Frame], Iterator[str]]] = {
    "python": python_trace.call,
    "java": _java_call,
    "javascript": _javascript_call,
    "ruby": _ruby_call,
    "go": _go_call,
    "csharp": _csharp_call,
    "php": _php_call,
    "rust": _rust_call,
    "dart": _dart_call,
    "elixir": dynamic_traces.elixir_call,
    "perl": dynamic_traces.perl_call,
    "lua": dynamic_traces.lua_call,
}


def of_frame(frame: Frame) -> str:
    """One frame for a chat or a ticket: `shop/payment.py:42 in charge_card`, and its numbered lines."""
    name = frame.filename or frame.abs_path or frame.module or "?"
    place = f"{name}:{frame.line}" if frame.line is not None else name
    width = max((len(str(number)) for number, _ in frame.context), default=1)
    lines = [
        f"{'>' if number == frame.line else ' '} {number:>{width}}  {text.rstrip()}".rstrip()
        for number, text in frame.context
    ]
    return "\n".join([f"{place} in {frame.function}" if frame.function else place, *lines])
