"""The HTTP request that the app was serving: address, query, body, headers, cookies, environment."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from msgspec import DecodeError, json

from app.model import Request
from app.plain_text import plural
from ui.detail.curl import as_curl, full_url
from ui.detail.page.rows import Control, Heading, MenuEntry, Paragraph, Row, Space, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.detail.values import dialect, remarks
from ui.theme import UNIT

LONGEST_PARSED = 256_000
_OPEN_UP_TO = 12
_BODY_LINES = 30


class RequestSection(Section):
    """What there is of the request, each part foldable."""

    name = "Request"
    jump = "Request"

    def begin(self) -> None:
        self._trees: dict[str, Tree] = {}
        self._body: Any = _understood(self.event.request.body if self.event.request else None)

    def rows(self) -> list[Row]:
        request = self.event.request
        if request is None:
            return []
        control = Control("Copy as cURL", lambda: self.host.copy(as_curl(request), "cURL command"))
        rows: list[Row] = [Heading(self.name, "", [control] if request.url else [])]
        if request.method or request.url:
            rows.append(self._address(request))
        rows += self._part("Query", query_values(request.query), by_default=True)
        rows += self._body_rows()
        rows += self._part("Headers", request.headers, by_default=len(request.headers) <= _OPEN_UP_TO)
        rows += self._cookies(request)
        rows += self._part("Environment", request.env, by_default=False)
        return rows

    def _address(self, request: Request) -> Paragraph:
        address = full_url(request)
        menu = (MenuEntry("Copy URL", lambda: self.host.copy(address, "URL")),)
        text = f"{request.method or ''} {address}".strip()
        return Paragraph("address", text, Font.CODE, most_lines=4, menu=menu)

    def _part(self, name: str, values: Mapping[str, Any], *, by_default: bool) -> list[Row]:
        if not values:
            return []
        opened = self.is_open(name, by_default)
        pieces = [(name, Font.SMALL, "text_muted"), (f"{len(values):,}", Font.SMALL, "text_faint")]
        menu = (MenuEntry(f"Copy {name.lower()}", lambda: self.host.copy(as_text(dict(values)), name)),)
        rows: list[Row] = [Space(("above", name), UNIT // 2)]
        rows.append(
            TextLine(
                name,
                pieces,
                activate=lambda: self.toggle(name, by_default),
                opened=opened,
                menu=menu,
                control=self._tree_of(name).search_control() if opened else None,
            )
        )
        if opened:
            rows += self._tree_of(name).rows(values)
        return rows

    def _tree_of(self, name: str) -> Tree:
        """Only a body has typed values: all else of a request is text."""
        if name not in self._trees:
            form = dialect.JSON if name == "Body" else dialect.PLAIN
            left_out = remarks.below(self.event, "request", name.lower())
            self._trees[name] = Tree(self, name, dialect=form, remarks=left_out)
        return self._trees[name]

    def _body_rows(self) -> list[Row]:
        body = self._body
        if body in (None, "", {}, []):
            return []
        if isinstance(body, dict):
            return self._part("Body", body, by_default=True)
        opened = self.is_open("Body", True)
        sent = as_text(self.event.request.body if self.event.request else None)
        menu = (MenuEntry("Copy body", lambda: self.host.copy(sent, "Body")),)
        pieces = [
            ("Body", Font.SMALL, "text_muted"),
            (plural(len(sent), "character"), Font.SMALL, "text_faint"),
        ]
        rows: list[Row] = [Space("above Body", UNIT // 2)]
        rows.append(
            TextLine("Body", pieces, activate=lambda: self.toggle("Body", True), opened=opened, menu=menu)
        )
        if opened:
            rows.append(self._body_text(as_text(body), menu))
        return rows

    def _body_text(self, text: str, menu: tuple[MenuEntry, ...]) -> Paragraph:
        if self.is_open("whole body"):
            return Paragraph("body text", text, Font.CODE, background=True, menu=menu)
        return Paragraph(
            "body text",
            text,
            Font.CODE,
            background=True,
            menu=menu,
            most_lines=_BODY_LINES,
            more=lambda: self.toggle("whole body"),
        )

    def _cookies(self, request: Request) -> list[Row]:
        cookies = request.cookies
        if isinstance(cookies, str):
            cookies = dict(part.strip().partition("=")[::2] for part in cookies.split(";") if part.strip())
        elif isinstance(cookies, (list, tuple)):
            cookies = {str(number): value for number, value in enumerate(cookies)}
        return self._part("Cookies", cookies, by_default=False) if isinstance(cookies, dict) else []


def query_values(query: str | None) -> dict[str, Any]:
    """The query's names with their values; a name that comes more than once has a list."""
    values: dict[str, Any] = {}
    if not query or len(query) > LONGEST_PARSED:
        return {"query": query} if query else {}
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        if name in values:
            values[name] = [*(values[name] if isinstance(values[name], list) else [values[name]]), value]
        else:
            values[name] = value
    return values or {"query": query}


def _understood(body: Any) -> Any:
    """A body sent as JSON text, read."""
    if isinstance(body, str) and body[:1] in ("{", "[") and len(body) <= LONGEST_PARSED:
        try:
            return json.decode(body)
        except (DecodeError, RecursionError, UnicodeEncodeError):
            return body
    return body
