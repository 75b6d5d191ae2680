"""An event as one HTML file: no script, nothing from elsewhere, and readable without Arecibo.

Everything from outside is escaped, and the page's policy (CSP) lets nothing run or load.
The event itself is carried in a `template`, compressed and in base64, so that the file can be imported.
"""

import base64
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import msgspec

from app.model import Event, Frame, Issue, to_micros
from app.plain_text import plain, plural
from app.protocols import imported, report_file
from app.protocols.event.failing_frame import choice
from app.protocols.report_file import NotAReport, ReportFile
from app.request_text.parts import full_url
from app.sharing import words

_CARRIED_ID = "arecibo-report"
_CARRIED = re.compile(rb'<template id="arecibo-report">([A-Za-z0-9+/=\s]*)</template>')
_MOST_FRAMES, _MOST_CRUMBS, _MOST_VALUES = 500, 1_000, 500
_LONGEST_VALUE = 20_000
_STYLE = """
:root{color-scheme:light dark;--text:#1c1e21;--muted:#5c636b;--faint:#dfe2e6;--code:#f4f5f7;--mark:#fdecea;
--page:#fff;--accent:#b3261e}
@media(prefers-color-scheme:dark){:root{--text:#e6e7e9;--muted:#a3a9b1;--faint:#3a3e44;--code:#24272c;
--mark:#46251f;--page:#1a1c1f;--accent:#ff8a80}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2rem 1.5rem 4rem;background:var(--page);color:var(--text);
font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 .5rem}
h2{font-size:1.05rem;margin:2.2rem 0 .6rem;border-top:1px solid var(--faint);padding-top:1.2rem}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p{margin:.3rem 0}.muted{color:var(--muted)}.level{color:var(--accent);font-weight:600;margin:0}
pre,code,td.value{font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}
pre{white-space:pre-wrap;background:var(--code);border-radius:6px;padding:.7rem .9rem;margin:.4rem 0}
pre .at{display:block;background:var(--mark);margin:0 -.9rem;padding:0 .9rem}
table{border-collapse:collapse;width:100%}
td{vertical-align:top;padding:.2rem .8rem .2rem 0;white-space:pre-wrap}
td:first-child{color:var(--muted);width:12rem;min-width:8rem}
details{margin:.3rem 0}summary{cursor:pointer}
summary code{font-weight:600}.library summary code{font-weight:400;color:var(--muted)}
@media print{body{max-width:none;padding:0;font-size:11px}pre{break-inside:avoid;border:1px solid #ccc}
h2{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}}
footer{margin-top:2.5rem}
"""


def as_html(event: Event, issue: Issue | None, *, hidden: int = 0) -> str:
    """The whole page; `hidden` is how many values were hidden as secrets."""
    title = escaped(words.title(event))
    parts = [
        *head(words.title(event)),
        f'<header><p class="level">{escaped(str(event.level))}</p><h1>{title}</h1>',
    ]
    if event.message and event.message not in event.title:
        parts.append(_pre(event.message))
    parts += [_table(words.facts(event, issue)), "</header><main>"]
    parts += _trace(event)
    parts += _threads(event)
    parts += _crumbs(event)
    parts += _request(event)
    for name, values in (
        ("Tags", event.tags),
        ("User", event.user),
        ("Contexts", event.contexts),
        ("Extra", event.extra),
        ("Modules", event.modules),
    ):
        if values:
            parts += [_heading(name), _table(values.items())]
    if event.problems:
        parts += [
            _heading("What could not be read"),
            *(f"<p>{escaped(problem)}</p>" for problem in event.problems),
        ]
    said = f" {plural(hidden, 'value was', 'values were')} hidden as secret." if hidden else ""
    foot = f"Exported by Arecibo, an error inbox.{said} Drop this file on its window to import the event."
    parts += [
        f'</main><footer><p class="muted">{foot}</p></footer>',
        f'<template id="{_CARRIED_ID}">{_carried(event)}</template>',
        "</body></html>\n",
    ]
    return "\n".join(parts)


def head(title: str) -> list[str]:
    """The beginning of a page, up to its body."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'; base-uri 'none'"
    return [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">',
        f"<title>{escaped(title)}</title><style>{_STYLE}</style></head><body>",
    ]


def carried(data: bytes, *, limit: int) -> bytes:
    """The report file that a page carries, of at most `limit` bytes. Raises `NotAReport`."""
    found = _CARRIED.search(data)
    if found is None:
        raise NotAReport("This page is none that Arecibo has exported.")
    try:
        unpacker = zlib.decompressobj(wbits=31)
        report = unpacker.decompress(base64.b64decode(found[1], validate=False), limit + 1)
    except (ValueError, zlib.error) as error:
        raise NotAReport("The event in this page is damaged.") from error
    if len(report) > limit or not unpacker.eof:
        raise NotAReport("The event in this page is larger than may be imported, or cut short.")
    return report


def _carried(event: Event) -> str:
    try:
        body = msgspec.json.encode(event)
    except (UnicodeEncodeError, OverflowError, RecursionError, ValueError, TypeError):
        body = msgspec.json.encode(_encodable(event))
    file = ReportFile(
        project=event.project,
        event_id=event.event_id,
        protocol=imported.EVENT,
        received_at=to_micros(event.received_at),
        head=b"POST /arecibo/import HTTP/1.1\r\nContent-Type: application/json",
        body=body,
    )
    packed = base64.b64encode(gzip.compress(report_file.write(file), mtime=0)).decode()
    return "\n".join(packed[start : start + 120] for start in range(0, len(packed), 120))


def _encodable(value: Any, depth: int = 60) -> Any:
    """Values that JSON has: half surrogate pairs, endless numbers and what is nested too deep become text."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, msgspec.Struct):
        names = value.__struct_fields__
        return {name: _encodable(getattr(value, name), depth) for name in names}
    if isinstance(value, dict):
        if depth == 0:
            return "…"
        return {_encodable(str(name)): _encodable(each, depth - 1) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return "…" if depth == 0 else [_encodable(each, depth - 1) for each in value]
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**64:
        return hex(value)
    return value


def escaped(given: str) -> str:
    """Text of a page: every character of it as such."""
    return escape(plain(given.replace("\r\n", "\n")))


def _pre(given: str) -> str:
    return f"<pre>{escaped(words.block(given, _LONGEST_VALUE))}</pre>"


def _heading(name: str) -> str:
    return f"<h2>{name}</h2>"


def _table(pairs: Iterable[tuple[str, Any]]) -> str:
    rows = []
    for number, (name, value) in enumerate(pairs):
        if number == _MOST_VALUES:
            rows.append("<tr><td>…</td><td>more values are left out here</td></tr>")
            break
        shown = escaped(words.block(words.value_block(value), _LONGEST_VALUE))
        rows.append(f'<tr><td>{escaped(str(name)[:500])}</td><td class="value">{shown}</td></tr>')
    return f"<table>{''.join(rows)}</table>"


def _trace(event: Event) -> list[str]:
    parts = []
    for number, raised in enumerate(words.raised_first(event)):
        exception = raised.exception
        if number == 0:
            parts.append(_heading("Stack trace"))
        relation = f"{raised.relation}: " if raised.relation else ""
        parts.append(f"<h3>{relation}{escaped(words.value_line(exception.type or 'Exception', 300))}</h3>")
        if exception.value:
            parts.append(_pre(exception.value))
        parts += _frames(exception.frames, event.platform)
    return parts


def _threads(event: Event) -> list[str]:
    parts = []
    for thread in event.threads:
        if thread.frames:
            name = escaped(words.value_line(thread.name or thread.id or "Thread", 100))
            parts += [f"<h3>Thread {name}</h3>", *_frames(thread.frames, event.platform)]
    return [_heading("Threads"), *parts] if parts else []


def _frames(frames: Sequence[Frame], platform: str | None) -> list[str]:
    crash = choice.frame_of(frames, platform)
    parts = ['<p class="muted">The newest call first.</p>'] if len(frames) > 1 else []
    parts += [_frame(frame, opened=frame is crash) for frame in reversed(frames[-_MOST_FRAMES:])]
    if len(frames) > _MOST_FRAMES:
        parts.append(f"<p>… {plural(len(frames) - _MOST_FRAMES, 'older call')}</p>")
    return parts


def _frame(frame: Frame, *, opened: bool) -> str:
    function, where = escaped(words.function(frame)), escaped(words.where(frame))
    head = f"<code>{function}</code> <span class=muted>{where}</span>"
    kind = "" if frame.in_app else ' class="library"'
    inside = ""
    if frame.context:
        lines = []
        for number, text in frame.context:
            line = f"{number:>5}  {escaped(text.rstrip()[:2_000])}"
            lines.append(f'<span class="at">{line}</span>' if number == frame.line else f"{line}\n")
        inside += f"<pre>{''.join(lines)}</pre>"
    if frame.vars:
        inside += _table(frame.vars.items())
    if not inside:
        return f"<p{kind}>{head}</p>"
    return f"<details{kind}{' open' if opened else ''}><summary>{head}</summary>{inside}</details>"


def _crumbs(event: Event) -> list[str]:
    if not event.breadcrumbs:
        return []
    crumbs = event.breadcrumbs[-_MOST_CRUMBS:]
    lines = [words.crumb_line(crumb, event, 2_000) for crumb in crumbs]
    if left := len(event.breadcrumbs) - len(crumbs):
        lines.insert(0, f"… {plural(left, 'earlier one')}")
    return [_heading("Breadcrumbs"), f"<pre>{escaped(chr(10).join(lines))}</pre>"]


def _request(event: Event) -> list[str]:
    request = event.request
    if request is None:
        return []
    address = f"{request.method or ''} {full_url(request)}".strip()
    parts = [_heading("Request"), _pre(address)] if address else [_heading("Request")]
    if request.headers:
        parts.append(_table(request.headers.items()))
    for name, value in (("Cookies", request.cookies), ("Body", request.body), ("Environment", request.env)):
        if value not in (None, "", {}, []):
            parts += [f"<h3>{name}</h3>", _pre(words.value_block(value))]
    return parts
