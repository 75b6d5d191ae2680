"""An event as plain text, as a terminal would show it: nothing in it acts on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.model import Event, Frame, Issue
from app.plain_text import plural
from app.protocols.event.failing_frame import choice
from app.request_text.parts import full_url
from app.sharing import words

_LONGEST_VALUE = 4_000
_LONGEST_LOCAL = 400
_MOST_FRAMES = 250


def as_text(event: Event, issue: Issue | None, *, whole: bool = False) -> str:
    """Title, trace as the language prints it, facts, locals where it failed, request, breadcrumbs, tags.

    With `whole`, all that a page has besides: headers, body, user, contexts, the locals of all frames.
    """
    is_python = event.platform == "python"
    lines = [words.title(event), ""]
    if event.message and event.message not in event.title:
        lines += [words.block(event.message, _LONGEST_VALUE), ""]
    for raised in words.raised_first(event):
        if raised.relation:
            lines += ["", f"{raised.relation}:"]
        said = words.block(raised.exception.value or "", _LONGEST_VALUE)
        kind = words.value_line(raised.exception.type or "Exception", words.LONGEST_FACT)
        headline = f"{kind}: {said}" if said else kind
        if is_python:
            lines += ["Traceback (most recent call last):"] if raised.exception.frames else []
            lines += [*_python(raised.exception.frames), headline]
        else:
            lines += [headline, *_others(raised.exception.frames)]
    lines.append("")
    facts = words.facts(event, issue)
    width = max(len(name) for name, _fact in facts)
    lines += [f"{name:<{width}}  {fact}" for name, fact in facts]
    lines += _rest(event)
    if whole:
        lines += _all_others(event)
    return "\n".join(lines).rstrip() + "\n"


def _python(frames: Sequence[Frame]) -> list[str]:
    lines = [f"  … {plural(len(frames) - _MOST_FRAMES, 'older call')}"] if len(frames) > _MOST_FRAMES else []
    for frame in frames[-_MOST_FRAMES:]:
        file = words.value_line(frame.abs_path or frame.filename or frame.module or "?", 1_000)
        lines.append(f'  File "{file}", line {frame.line or "?"}, in {words.function(frame)}')
        lines += [
            f"    {words.value_line(text.strip(), 400)}"
            for number, text in frame.context
            if number == frame.line
        ]
    return lines


def _others(frames: Sequence[Frame]) -> list[str]:
    lines = [
        f"    at {words.function(frame)} ({words.where(frame)})" for frame in reversed(frames[-_MOST_FRAMES:])
    ]
    return (
        [*lines, f"    … {plural(len(frames) - _MOST_FRAMES, 'older call')}"]
        if len(frames) > _MOST_FRAMES
        else lines
    )


def _rest(event: Event) -> list[str]:
    lines: list[str] = []
    raised = words.raised_first(event)
    frame = choice.frame_of(raised[0].exception.frames, event.platform) if raised else None
    if frame is not None and frame.vars:
        lines += ["", f"Locals in {words.function(frame)}:"]
        lines += [
            f"  {words.value_line(name, 100)} = {words.value_line(value, _LONGEST_LOCAL)}"
            for name, value in frame.vars.items()
        ]
    if event.request is not None and event.request.url:
        address = f"{event.request.method or 'GET'} {full_url(event.request)}"
        lines += ["", "Request:", f"  {words.value_line(address, 2_000)}"]
    if event.breadcrumbs:
        lines += ["", "Breadcrumbs:", *(f"  {words.crumb_line(crumb, event)}" for crumb in event.breadcrumbs)]
    if event.tags:
        lines += ["", "Tags:"]
        lines += [
            f"  {words.value_line(name, 100)}: {words.value_line(value, 200)}"
            for name, value in event.tags.items()
        ]
    return lines


def _all_others(event: Event) -> list[str]:
    """What `_rest` leaves out, each value on a line."""
    request = event.request
    named: list[tuple[str, Mapping[str, Any]]] = []
    if request is not None:
        named += [("Request headers", request.headers), ("Request environment", request.env)]
        named += [("Request", {"cookies": request.cookies, "body": request.body})]
    named += [("User", event.user), ("Contexts", event.contexts), ("Extra", event.extra)]
    for raised in words.raised_first(event):
        named += _locals(raised.exception.frames)
    for thread in event.threads:
        named += _locals(thread.frames)
    named.append(("Modules", event.modules))
    lines: list[str] = []
    for name, values in named:
        shown = {key: value for key, value in values.items() if value not in (None, "", {}, [])}
        if shown:
            lines += ["", f"{name}:"]
            lines += [
                f"  {words.value_line(str(key), 100)}: {words.value_line(value, _LONGEST_LOCAL)}"
                for key, value in shown.items()
            ]
    return lines


def _locals(frames: Sequence[Frame]) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (f"Locals in {words.function(frame)} ({words.where(frame)})", frame.vars)
        for frame in reversed(frames[-_MOST_FRAMES:])
    ]
