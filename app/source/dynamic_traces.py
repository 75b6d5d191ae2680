"""Stack traces as Elixir, Perl and Lua print them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.model import ExceptionInfo, Frame
from app.source.trace_parts import chain_of, path, qualified, type_name, value

_DEEPEST = 20


def elixir(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    """Exception.format: what caused an exit stands indented below it, above the calls of the exit itself."""
    chain = list(chain_of(exceptions))
    for number, exception in enumerate(chain):
        yield f"{_indent(number)}** ({qualified(exception)}) {value(exception)}".rstrip()
    for number, exception in reversed(list(enumerate(chain))):
        for frame in reversed(exception.frames):
            yield from (f"{_indent(number)}{line}" for line in elixir_call(frame))


def _indent(number: int) -> str:
    return "    " * min(number, _DEEPEST)


def elixir_call(frame: Frame) -> Iterator[str]:
    """``    lib/shop/till.ex:6: Shop.Till.charge/2``."""
    function = frame.function or "(file)"
    is_bare = frame.module and "." not in function and not function.startswith("(")
    name = f"{frame.module}.{function}" if is_bare else function
    yield f"    {path(frame)}:{frame.line}: {name}" if frame.line is not None else f"    {name}"


def perl(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    """Carp's `confess`: each line names what was called, and the place that called it."""
    for exception in chain_of(exceptions):
        said = f"{exception.type}: {value(exception)}" if exception.type else value(exception)
        frames = list(reversed(exception.frames))
        yield f"{said} at {_perl_place(frames[0])}." if frames else said
        for called, caller in pairwise(frames):
            yield f"\t{_perl_name(called)} called at {_perl_place(caller)}"


def perl_call(frame: Frame) -> Iterator[str]:
    """``    Shop::charge() called at lib/Shop.pm line 4``."""
    yield f"\t{_perl_name(frame)} called at {_perl_place(frame)}"


def _perl_place(frame: Frame) -> str:
    return f"{path(frame)} line {frame.line or 0}"


def _perl_name(frame: Frame) -> str:
    name = frame.function or "main"
    return name if name.startswith("eval ") else f"{name}()"


def lua(exceptions: Sequence[ExceptionInfo]) -> Iterator[str]:
    """The interpreter's own form: the place of the newest call that has one begins the message."""
    for exception in chain_of(exceptions):
        frames = list(reversed(exception.frames))
        newest = next((frame for frame in frames if frame.line is not None), None)
        said = value(exception) or type_name(exception)
        yield f"lua: {path(newest)}:{newest.line}: {said}" if newest is not None else f"lua: {said}"
        yield "stack traceback:"
        for frame in frames:
            yield from lua_call(frame)


def lua_call(frame: Frame) -> Iterator[str]:
    """``    till.lua:2: in function 'charge'``."""
    place = f"{path(frame)}:{frame.line}" if frame.line is not None else path(frame)
    name = frame.function
    if name is None:
        yield f"\t{place}: in ?"
    elif name == "main chunk":
        yield f"\t{place}: in main chunk"
    else:
        yield f"\t{place}: in function {name if name.startswith('<') else repr(name)}"
