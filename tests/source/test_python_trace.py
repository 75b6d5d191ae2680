"""What is printed is what Python prints of the same exceptions."""

import traceback

import pytest

from app.model import ExceptionInfo, Frame
from app.source import python_trace


def as_info(error: BaseException, parent: int | None, source: str | None) -> ExceptionInfo:
    frames = tuple(
        Frame(
            filename=at.filename,
            abs_path=at.filename,
            function=at.name,
            line=at.lineno,
            context=((at.lineno or 0, at.line or ""),),
        )
        for at in traceback.extract_tb(error.__traceback__)
    )
    kind = type(error)
    mechanism = {"source": source} if source else None
    return ExceptionInfo(
        type=kind.__name__,
        module=kind.__module__,
        value=str(error),
        frames=frames,
        parent=parent,
        mechanism=mechanism,
    )


def of_python(error: BaseException) -> tuple[ExceptionInfo, ...]:
    """As Sentry's client describes it: what was raised last, its causes and members before it."""
    found: list[ExceptionInfo] = []
    places: list[tuple[BaseException, int | None, str | None]] = [(error, None, None)]
    while places:
        raised, parent, source = places.pop(0)
        number = len(found)
        found.append(as_info(raised, parent, source))
        if raised.__cause__ is not None:
            places.append((raised.__cause__, number, "__cause__"))
        elif raised.__context__ is not None:
            places.append((raised.__context__, number, "__context__"))
        if isinstance(raised, BaseExceptionGroup):
            places += [(member, number, f"exceptions[{n}]") for n, member in enumerate(raised.exceptions)]
    last = len(found) - 1
    return tuple(
        ExceptionInfo(
            type=e.type,
            module=e.module,
            value=e.value,
            frames=e.frames,
            mechanism=e.mechanism,
            parent=None if e.parent is None else last - e.parent,
        )
        for e in reversed(found)
    )


def printed_by_python(error: BaseException) -> str:
    lines = "".join(traceback.format_exception(error)).rstrip("\n").split("\n")
    return "\n".join(line for line in lines if not line.strip(" |") or line.strip(" |^~"))


def fail(number: int) -> None:
    raise ValueError(f"number {number}")


def chained() -> None:
    try:
        try:
            fail(1)
        except ValueError as error:
            raise KeyError("k") from error
    except KeyError:
        raise RuntimeError("two\nlines")  # noqa: B904


def caught(number: int) -> ValueError:
    try:
        fail(number)
    except ValueError as error:
        return error
    raise AssertionError


def grouped() -> None:
    inner = ExceptionGroup("inner", [caught(3), TypeError("plain")])
    raise ExceptionGroup("outer", [caught(1), inner, caught(2)])


def grouped_last() -> None:
    raise ExceptionGroup("outer", [caught(1), ExceptionGroup("inner", [caught(2), caught(3)])])


@pytest.mark.parametrize("raising", [chained, grouped, grouped_last, lambda: fail(7)])
def test_it_is_what_python_prints(raising: object) -> None:
    assert callable(raising)
    try:
        raising()
    except Exception as error:  # noqa: BLE001 - whatever was raised
        assert "\n".join(python_trace.printed(of_python(error))) == printed_by_python(error)
