"""Puts the spans of a trace in order: each below its parent, by when they began.

Whatever was sent, there is an order: a parent that never came, a circle of parents, a span that came twice,
clocks that differ. Nothing here recurses: a chain of ten thousand spans is as good as any.
"""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from app.traces.model import Span, Traced

MOST_SPANS = 20_000


class Bar(Struct, frozen=True, kw_only=True):
    """A span at its place: how deep, and from when to when (microseconds since 1970) on one clock.

    `following` is how many bars after it are below it, `parent` the index of the one above it. `is_shifted`:
    its client's clock was behind that of its caller, so it was moved into the caller's time.
    """

    span: Span
    project: str
    depth: int
    parent: int | None
    following: int
    start: int
    end: int
    is_shifted: bool = False


class Waterfall(Struct, frozen=True, kw_only=True):
    """The bars from the top, the time that all of them take, and the projects by their first span.

    `left_out` is how many spans more the clients sent.
    """

    bars: tuple[Bar, ...] = ()
    start: int = 0
    end: int = 0
    projects: tuple[str, ...] = ()
    left_out: int = 0

    def place_of(self, span_id: str) -> int | None:
        """The index of the bar of this span."""
        return next((n for n, bar in enumerate(self.bars) if bar.span.span_id == span_id), None)


class _Placed(Struct):
    span: Span
    project: str
    depth: int
    parent: int | None
    shift: int
    following: int = 0


def of(trace_id: str, found: Iterable[tuple[str, Traced]]) -> Waterfall:
    """The waterfall of a trace, whose spans are among those in `found`, each with its project."""
    spans: dict[str, tuple[Span, str]] = {}
    left_out = 0
    for project, traced in found:
        of_trace = [span for span in traced.spans if span.trace_id == trace_id]
        left_out += traced.left_out if of_trace else 0
        for span in of_trace:
            known = spans.get(span.span_id)
            if known is None and len(spans) >= MOST_SPANS:
                left_out += 1
            elif known is None or span.end > known[0].end:
                # Sent twice, or first when it began and again when it had ended.
                spans[span.span_id] = span, project
    if not spans:
        return Waterfall(left_out=left_out)
    placed = _placed(spans)
    bars = tuple(
        Bar(
            span=each.span,
            project=each.project,
            depth=each.depth,
            parent=each.parent,
            following=each.following,
            start=each.span.start + each.shift,
            end=each.span.end + each.shift,
            is_shifted=each.shift != 0,
        )
        for each in placed
    )
    return Waterfall(
        bars=bars,
        start=min(bar.start for bar in bars),
        end=max(bar.end for bar in bars),
        projects=tuple(dict.fromkeys(bar.project for bar in bars)),
        left_out=left_out,
    )


def _placed(spans: dict[str, tuple[Span, str]]) -> list[_Placed]:
    """The spans from the top to the bottom."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for span_id, (span, _project) in spans.items():
        children[span.parent_id if span.parent_id in spans else None].append(span_id)
    for below in children.values():
        below.sort(key=lambda span_id: spans[span_id][0].start, reverse=True)
    placed: list[_Placed] = []
    waiting: list[tuple[str, int | None]] = [(span_id, None) for span_id in children[None]]
    seen: set[str] = set()
    # Those of a circle are below nothing: the first of them is put at the top.
    circles = iter(sorted(spans, key=lambda span_id: spans[span_id][0].start))
    while len(seen) < len(spans):
        if not waiting:
            waiting = [(next(span_id for span_id in circles if span_id not in seen), None)]
        span_id, parent = waiting.pop()
        if span_id in seen:
            continue
        seen.add(span_id)
        span, project = spans[span_id]
        above = None if parent is None else placed[parent]
        depth = 0 if above is None else above.depth + 1
        placed.append(_Placed(span, project, depth, parent, _shift(span, project, above)))
        waiting += [(below, len(placed) - 1) for below in children[span_id]]
    for each in reversed(placed):
        if each.parent is not None:
            placed[each.parent].following += each.following + 1
    return placed


def _shift(span: Span, project: str, above: _Placed | None) -> int:
    """How far the clock of the span's client is behind that of the span above, as far as that can be known.

    Nothing begins before what called it: where it seems to, it is put into the middle of that.
    """
    if above is None:
        return 0
    if project == above.project:
        return above.shift
    begun = above.span.start + above.shift
    if span.start >= begun:
        return 0
    spare = above.span.end - above.span.start - (span.end - span.start)
    return begun + max(0, spare) // 2 - span.start
