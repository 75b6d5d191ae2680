"""What all printers of stack traces share: names, places, and the order of a chain."""

from collections.abc import Sequence

from app import exception_tree
from app.model import ExceptionInfo, Frame


def value(exception: ExceptionInfo) -> str:
    """Its message, without newlines at the end."""
    return (exception.value or "").rstrip("\n")


def type_name(exception: ExceptionInfo, default: str = "Error") -> str:
    """Its type, by its own name."""
    return exception.type or default


def qualified(exception: ExceptionInfo, separator: str = ".") -> str:
    """Its type with the module, where the language prints that."""
    name, module = type_name(exception), exception.module
    if not module or module in ("builtins", "exceptions") or separator in name:
        return name
    return f"{module}{separator}{name}"


def headed(name: str, value: str) -> str:
    """`name: value`, or the name alone."""
    return f"{name}: {value}" if value else name


def with_module(frame: Frame, function: str) -> str:
    """The function's name with the module before it, unless it has that already."""
    if not frame.module or function.startswith(f"{frame.module}."):
        return function
    return f"{frame.module}.{function}"


def own_line(frame: Frame) -> str:
    """The line of source that the frame is at, without its indent; empty when it did not come."""
    return next((text.strip() for number, text in frame.context if number == frame.line), "")


def path(frame: Frame) -> str:
    """The frame's file as the runtime names it."""
    return frame.abs_path or frame.filename or frame.module or "<unknown>"


def children_of(exceptions: Sequence[ExceptionInfo]) -> dict[int | None, list[int]]:
    """For each exception the indexes of those that it holds: its cause, and members of a group."""
    return exception_tree.children(exception_tree.branches(exceptions))


def chain_of(exceptions: Sequence[ExceptionInfo]) -> list[ExceptionInfo]:
    """From what was raised to its first cause; members of groups behind it, each once."""
    children = children_of(exceptions)
    found: list[int] = []
    waiting = list(children.get(None, ())) or [len(exceptions) - 1]
    while waiting:
        index = waiting.pop()
        if index not in found:
            found.append(index)
            waiting += sorted(children.get(index, ()))
    found += [index for index in reversed(range(len(exceptions))) if index not in found]
    return [exceptions[index] for index in found]
