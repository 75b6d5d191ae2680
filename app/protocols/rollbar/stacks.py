"""The exceptions of an item and their frames: Rollbar sends the raised one and the oldest call first.

See docs/protocols.md, section 4.
"""

from collections.abc import Sequence

from app.model import ExceptionInfo, Frame
from app.protocols import stacktrace
from app.protocols.event import dotnet_names, event_builder, in_app, project_paths, source_lines
from app.protocols.rollbar import platforms, schema
from app.protocols.wire.notes import Notes

# What rollbar.js writes where it does not know.
_UNKNOWN = frozenset(("", "<unknown>", "(unknown)"))


def exceptions(
    item: schema.Item, platform: str | None, handled: bool | None, notes: Notes
) -> tuple[ExceptionInfo, ...]:
    """The chain, cause first."""
    body = item.body or schema.Body()
    sent = traces(body)
    if not sent and body.crash_report and body.crash_report.raw:
        notes.keep("crash_report", body.crash_report.raw)
        return stacktrace.read(body.crash_report.raw, platform, notes, "crash_report").exceptions
    root = _root(item, sent)
    found = []
    for n, trace in enumerate(sent):
        raised = trace.exception or schema.RollbarExceptionValue()
        frames = tuple(
            _frame(frame, root, platform, item, f"trace_chain.{n}.frames.{m}", notes)
            for m, frame in enumerate(trace.frames or ())
        )
        for name, value in (("stack", raised.stack), ("raw", raised.raw)):
            if value:
                notes.keep(f"trace_chain.{n}.exception.{name}", value)
        if not frames and raised.stack:
            kept_as = f"trace_chain.{n}.exception.stack"
            frames = stacktrace.read(raised.stack, platform, notes, kept_as).frames
        if raised.description and n > 0:
            notes.keep(f"trace_chain.{n}.exception.description", raised.description)
        found.append(
            ExceptionInfo(
                type=_known(raised.class_),
                value=raised.message,
                mechanism=event_builder.mechanism("rollbar", handled) if n == 0 else None,
                frames=frames,
            )
        )
    return tuple(reversed(found))


def description(item: schema.Item) -> str | None:
    """The description of the raised exception, beside its own message."""
    sent = traces(item.body or schema.Body())
    raised = sent[0].exception if sent else None
    return (raised.description if raised else None) or None


def traces(body: schema.Body) -> list[schema.Trace]:
    """The chain, raised exception first, in whichever form it came."""
    return [*(body.trace_chain or ()), *([body.trace] if body.trace else [])]


def _root(item: schema.Item, sent: Sequence[schema.Trace]) -> str | None:
    """The app's folder, unless no frame at all lies in it: then the setting is wrong."""
    root = (item.server or {}).get("root")
    if not isinstance(root, str) or not root:
        return None
    files = (frame.filename for trace in sent for frame in trace.frames or ())
    return root if any(_is_below(file, root) for file in files) else None


def _is_below(file: str | None, root: str) -> bool:
    return (file or "").startswith((root.rstrip("/\\") + "/", root.rstrip("/\\") + "\\"))


def _frame(
    wire: schema.RollbarFrame,
    root: str | None,
    platform: str | None,
    item: schema.Item,
    path: str,
    notes: Notes,
) -> Frame:
    file = _known(wire.filename)
    filename, abs_path = project_paths.place(file, root)
    module, function = wire.class_name, _known(wire.method)
    if platform == "csharp":
        module, function = dotnet_names.demangled(module, function)
    line = wire.lineno if wire.lineno and wire.lineno > 0 else None
    column = wire.colno
    if column is not None and platforms.counts_columns_from_0(item):
        column += 1
    _keep_left_over(wire, path, notes)
    is_own = in_app.is_in_app_code(file, wire.class_name, function, platform)
    return Frame(
        filename=filename,
        abs_path=abs_path,
        module=module,
        function=function,
        line=line,
        column=column,
        in_app=is_own and (root is None or _is_below(file, root)),
        context=_context(wire, line, path, notes),
        vars=wire.locals or {},
    )


def _context(wire: schema.RollbarFrame, line: int | None, path: str, notes: Notes) -> source_lines.Lines:
    around = wire.context or schema.RollbarContext()
    before, after = around.pre or [], around.post or []
    if after and after[0] == wire.code:
        # rollbar.js in browsers repeats the line itself.
        after = after[1:]
    if wire.code is None or line is None:
        lines = [*before, *([wire.code] if wire.code else []), *after]
        if lines:
            notes.keep(f"{path}.code", lines)
        return ()
    numbered = source_lines.around(line, before, wire.code, after)
    return tuple((number, text.rstrip("\r\n")) for number, text in numbered)


def _keep_left_over(wire: schema.RollbarFrame, path: str, notes: Notes) -> None:
    """Keep names of arguments and positions of the runtime, unless the frame shows them already."""
    names = wire.locals or {}
    for name, given in (
        ("argspec", wire.argspec or []),
        ("varargspec", [wire.varargspec] if wire.varargspec else []),
        ("keywordspec", [wire.keywordspec] if wire.keywordspec else []),
    ):
        if any(one not in names for one in given):
            notes.keep(f"{path}.{name}", given)
    position = wire.runtime_position
    if position and position != {"source": wire.filename, "line": wire.lineno, "column": wire.colno}:
        notes.keep(f"{path}.runtimePosition", position)


def _known(word: str | None) -> str | None:
    return None if word is None or word in _UNKNOWN else word
