"""The HTTP request that the app was serving: address, query, body, headers, cookies, environment."""

from collections.abc import Callable, Mapping
from typing import Any

from app import request_text
from app.event_parts import markup_text
from app.event_parts.pieces import Line
from app.model import Request, Trimmed
from app.plain_text import plural
from app.request_text import cookies, parts
from app.request_text.body import ReadBody, fields
from app.request_text.curl import as_curl
from app.request_text.fetch import as_fetch
from app.request_text.httpie import as_httpie
from ui.commands.keymap import with_key
from ui.detail.page.code_lines import code_rows
from ui.detail.page.heading import Control, Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import MenuEntry, Row, Space
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import OpenLink, ReplayRequest
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text
from ui.detail.values import dialect, remarks
from ui.theme import UNIT

_OPEN_UP_TO = 12
_BODY_LINES = 30
_MORE_LINES = 400


class RequestSection(Section):
    """What there is of the request, each part foldable; what repeats it, to be copied."""

    name = "Request"
    jump = "Request"

    def begin(self) -> None:
        self._trees: dict[str, Tree] = {}
        self._hidden = self.event.request
        self._bare: Request | None = None
        self._shows_secrets = False
        self._body: ReadBody | None = None
        self._lines: tuple[Line, ...] = ()
        self._most_lines = _BODY_LINES
        self._asked = False

    @property
    def _request(self) -> Request | None:
        return self._bare if self._shows_secrets and self._bare is not None else self._hidden

    def rows(self) -> list[Row]:
        if self._hidden is None:
            return []
        self._ask_for_body(self._hidden)
        request = self._request or self._hidden
        rows: list[Row] = [Heading(self.name, "", self._controls(request))]
        if request.method or request.url:
            rows.append(self._address(request))
        rows += self._part("Query", _query(request.query), by_default=True)
        rows += self._body_rows(request)
        rows += self._part("Headers", request.headers, by_default=len(request.headers) <= _OPEN_UP_TO)
        rows += self._part("Cookies", cookies.read(request.cookies, request.headers), by_default=False)
        rows += self._part("Environment", request.env, by_default=False)
        return rows

    def _controls(self, request: Request) -> list[Control]:
        controls = []
        if self._hidden is not None and parts.filtered(self._hidden):
            tooltip = "Show or hide secrets, here and in what is copied"
            controls.append(Control("Secrets", self._flip_secrets, tooltip, on=self._shows_secrets))
        if request.url:
            controls += [
                Control("Copy as cURL", self._copying("cURL command", as_curl), "For a shell"),
                Control("HTTPie", self._copying("HTTPie command", as_httpie), "Copy as a command of HTTPie"),
                Control("fetch", self._copying("fetch call", as_fetch), "Copy as JavaScript"),
                Control(
                    "Replay …",
                    lambda: self.host.request(ReplayRequest()),
                    with_key("Send it again", "replay"),
                ),
            ]
        return controls

    def _copying(self, what: str, write: Callable[[Request], str]) -> Callable[[], None]:
        def copy() -> None:
            request = self._request
            if request is not None:
                hidden = parts.filtered(request)
                without = f" without what is hidden ({', '.join(hidden[:3])})" if hidden else ""
                self.host.copy(write(request), what + without)

        return copy

    def _flip_secrets(self) -> None:
        self._shows_secrets = not self._shows_secrets
        self._body = None
        self._asked = False
        if self._shows_secrets and self._bare is None:
            event, head, body = self.event, self.detail.raw_head, self.detail.raw_body
            self.host.in_background(
                lambda: request_text.as_sent.request_of(event, head, body), self._take_bare
            )
        self.host.rebuild(self)

    def _take_bare(self, request: Request | None) -> None:
        self._bare = request
        self._body = None
        self._asked = False
        self.host.rebuild(self)

    def _address(self, request: Request) -> Paragraph:
        address = parts.full_url(request)
        menu = (
            MenuEntry("Open in the browser …", lambda: self.host.request(OpenLink(address))),
            MenuEntry("Copy URL", lambda: self.host.copy(address, "URL")),
        )
        text = f"{request.method or ''} {address}".strip()
        return Paragraph("address", text, Font.CODE, most_lines=4, menu=menu)

    def _part(self, name: str, values: Mapping[str, Any], *, by_default: bool) -> list[Row]:
        if not values:
            return []
        text = f"{len(values):,}"
        menu = (MenuEntry(f"Copy {name.lower()}", lambda: self.host.copy(as_text(dict(values)), name)),)
        rows, opened = self._title(
            name, text, menu, lambda: as_text(dict(values)), by_default=by_default, values=values
        )
        if opened:
            rows += self._tree_of(name).rows(values)
        return rows

    def _title(
        self,
        name: str,
        about: str,
        menu: tuple[MenuEntry, ...],
        hidden: Callable[[], str],
        *,
        by_default: bool,
        values: Mapping[str, Any] | None = None,
    ) -> tuple[list[Row], bool]:
        opened = self.is_open(name, by_default)
        pieces = [(name, Font.SMALL, "text_muted"), (about, Font.SMALL, "text_faint")]
        line = TextLine(
            name,
            pieces,
            activate=lambda: self.toggle(name, by_default),
            opened=opened,
            menu=menu,
            hidden=hidden,
            control=self._tree_of(name).search_control(values) if opened else None,
        )
        return [Space(("above", name), UNIT // 2), line], opened

    def _tree_of(self, name: str) -> Tree:
        """Only a body of JSON has typed values: all else of a request is text."""
        if name not in self._trees:
            is_typed = name == "Body" and self._body is not None and self._body.kind in ("JSON", "GraphQL")
            form = dialect.JSON if is_typed else dialect.PLAIN
            left_out = remarks.below(self.event, "request", name.lower())
            self._trees[name] = Tree(self, name, dialect=form, remarks=left_out)
        return self._trees[name]

    def _ask_for_body(self, hidden: Request) -> None:
        if self._asked:
            return
        self._asked = True
        request, trimmed = self._request or hidden, self.event.trimmed
        self.host.in_background(lambda: _read_body(request, trimmed), self._take_body)

    def _take_body(self, found: tuple[ReadBody, tuple[Line, ...]]) -> None:
        self._body, self._lines = found
        self.host.rebuild(self)

    def _body_rows(self, request: Request) -> list[Row]:
        read = self._body
        if read is None:
            return (
                [TextLine("Body", [("Body …", Font.SMALL, "text_faint")])] if parts.has_body(request) else []
            )
        if not read.kind:
            return [TextLine("no body", [(read.note, Font.SMALL, "text_muted")])] if read.note else []
        about = " · ".join(filter(None, (read.kind, _amount(read), read.note)))
        menu = (MenuEntry("Copy body", lambda: self.host.copy(parts.body(request), "Body")),)
        rows, opened = self._title(
            "Body",
            about,
            menu,
            lambda: parts.body(request),
            by_default=True,
            values=read.values if isinstance(read.values, Mapping) else None,
        )
        if not opened:
            return rows
        if self._lines:
            rows += code_rows(
                "body", self._lines, self._most_lines, self._more_lines, background=True, menu=menu
            )
        if read.values:
            rows += self._tree_of("Body").rows(read.values)
        return rows

    def _more_lines(self) -> None:
        self._most_lines += _MORE_LINES
        self.host.rebuild(self)


def _read_body(request: Request, trimmed: tuple[Trimmed, ...]) -> tuple[ReadBody, tuple[Line, ...]]:
    """The body, and the lines of its text."""
    read = request_text.body.read(request, trimmed)
    if not read.text:
        return read, ()
    by_language = {"markup": markup_text.markup_lines, "json": markup_text.json_lines}
    return read, by_language.get(read.language, markup_text.plain_lines)(read.text.replace("\r\n", "\n"))


def _amount(read: ReadBody) -> str:
    if read.values is not None:
        return f"{len(read.values):,}"
    return "" if read.kind == "binary" else plural(len(read.text), "character")


def _query(query: str | None) -> dict[str, Any]:
    if not query:
        return {}
    return fields(query) or {"query": query}
