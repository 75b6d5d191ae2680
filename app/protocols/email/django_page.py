"""Reads the frames of the page that Django mails with `include_html`: it has the source and the locals.

See django/views/templates/technical_500.html. The page lists the frames in the order of the text beside it.
"""

import re
from html.parser import HTMLParser

from msgspec import Struct, field

_PLACE = re.compile(r",\s*line\s+(\d{1,9}),\s*in\s+(\S+)")
_MOST = 1000


class PageFrame(Struct):
    """One frame: its source lines as (number, text), its locals as they were shown."""

    path: str = ""
    line: int = 0
    function: str = ""
    context: list[tuple[int, str]] = field(default_factory=list)
    vars: dict[str, str] = field(default_factory=dict)


def frames(page: str) -> list[PageFrame]:
    """The frames of a page; none where it has none."""
    if 'class="frame' not in page:
        return []
    reader = _Page()
    reader.feed(page)
    return reader.frames


class _Page(HTMLParser):
    """Parses the page in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[PageFrame] = []
        self._collecting: str | None = None
        self._said: list[str] = []
        self._line = 0
        self._in_vars = self._in_source = False
        self._variable: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where something of interest begins."""
        given = dict(attrs)
        kind = (given.get("class") or "").split()
        if tag == "li" and "frame" in kind and len(self.frames) < _MOST:
            self.frames.append(PageFrame())
            self._collect(None)
        elif not self.frames:
            return
        elif tag == "code" and "fname" in kind:
            self._collect("path")
        elif tag == "ol" and {"pre-context", "context-line", "post-context"} & set(kind):
            start = given.get("start") or ""
            self._line = int(start) if start.isdigit() and len(start) < 10 else 0
            self._in_source = True
        elif tag == "table" and "vars" in kind:
            self._in_vars = True
        elif tag == "td" and self._in_vars:
            self._collect("name" if "code" not in kind else "value")
        elif tag == "pre" and self._in_source:
            self._collect("source")

    def handle_endtag(self, tag: str) -> None:
        """Keep what was collected."""
        if tag == "table":
            self._in_vars = False
        elif tag == "ol":
            self._in_source = False
        if not self.frames:
            return
        frame, text = self.frames[-1], "".join(self._said)
        if tag == "code" and self._collecting == "path":
            frame.path = text.strip()
            self._collect("place")
        elif tag == "pre" and self._collecting == "source":
            frame.context.append((self._line, text.rstrip("\n")))
            self._line += 1
            self._collect(None)
        elif tag == "td" and self._collecting == "name":
            self._variable = text.strip()
            self._collect(None)
        elif tag == "td" and self._collecting == "value" and self._variable is not None:
            frame.vars[self._variable] = text.strip()
            self._collect(None)

    def handle_data(self, data: str) -> None:
        """Collect."""
        if self._collecting is None:
            return
        self._said.append(data)
        if self._collecting == "place":
            place = _PLACE.search("".join(self._said))
            if place is not None:
                self.frames[-1].line, self.frames[-1].function = int(place[1]), place[2]
                self._collect(None)

    def _collect(self, what: str | None) -> None:
        self._collecting, self._said = what, []
