"""The report as it came: the request's head, and its decoded body by its parts, as trees or as text.

Secrets in it are hidden until they are asked for: it is opened in front of others, too. Nothing is read
before it is opened, then off the UI thread, and no further than it is shown.
"""

from typing import TYPE_CHECKING, Any

from app import digest, event_parts
from app.event_parts import file_names
from app.event_parts.pieces import Line
from app.secrets_in_text import hide
from ui.detail.page.code_lines import code_rows
from ui.detail.page.heading import Control, Heading
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import INDENT, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import SaveFile
from ui.detail.sections.tree import Tree
from ui.detail.value_text import size_text
from ui.detail.values.dialect import JSON

if TYPE_CHECKING:  # they bring SQLAlchemy or the protocols, which load off the UI thread only
    from app.detail import EventDetail
    from app.event_parts.report_parts import PartText, ReportPart


LONGEST_FOUND = 2_000_000


class _Shown:
    """What has been read of one part."""

    def __init__(self, tree: Any, text: "PartText | None") -> None:
        self.tree = tree
        self.text = text
        self.lines: tuple[Line, ...] = ()
        self.is_whole = text is None


class RawSection(Section):
    """Head and parts, folded until asked for."""

    name = "Raw"
    jump = "Raw"
    folded_as = "all"

    def begin(self) -> None:
        self._parts: list[ReportPart] | None = None
        self._asked: set[tuple[int, bool, bool]] = set()
        self._shown: dict[tuple[int, bool, bool], _Shown] = {}
        self._trees: dict[tuple[int, bool], Tree] = {}
        self._bare = False

    def rows(self) -> list[Row]:
        opened = self.is_open("all")
        size = size_text(len(self.detail.raw_body))
        heading = Heading(
            self.name,
            size,
            self._controls() if opened else [],
            opened=opened,
            toggle=lambda: self.toggle("all"),
            hidden=lambda: _beginning(self.detail),
        )
        if not opened:
            return [heading]
        self._ask_for_parts()
        rows: list[Row] = [heading, *self._head()]
        if self._parts is None:
            return [*rows, TextLine("reading", [("Reading …", Font.SMALL, "text_faint")])]
        for number, part in enumerate(self._parts):
            rows += self._part(number, part)
        return rows

    @property
    def _as_text(self) -> bool:
        return self.is_open("as text")

    def _controls(self) -> list[Control]:
        return [
            Control("Secrets", self._flip_secrets, "Show or hide secrets", on=self._bare),
            Control("As text", lambda: self.toggle("as text"), "Text or trees", on=self._as_text),
            Control("Copy all", self._copy_all),
            Control("Save …", self._save, "The body as it came, its secrets too"),
        ]

    def _flip_secrets(self) -> None:
        self._bare = not self._bare
        self.host.rebuild(self)

    def _head(self) -> list[Row]:
        head = self.detail.raw_head
        if not head:
            return []
        text = head if self._bare else digest.scrubbing.head(head)
        return [Paragraph("head", text, Font.CODE, "text_muted", most_lines=80)]

    def _ask_for_parts(self) -> None:
        key = (-1, False, False)
        if self._parts is None and key not in self._asked:
            self._asked.add(key)
            protocol, body = self.event.protocol, self.detail.raw_body
            self.host.in_background(
                lambda: event_parts.report_parts.parts_of(protocol, body), self._take_parts
            )

    def _take_parts(self, parts: "list[ReportPart]") -> None:
        self._parts = parts
        self.host.rebuild(self)

    def _part(self, number: int, part: "ReportPart") -> list[Row]:
        alone = len(self._parts or ()) == 1
        opened = self.is_open(part.title, part.is_event)
        pieces = [(part.title, Font.BODY, "text"), (size_text(len(part.content)), Font.SMALL, "text_muted")]
        rows: list[Row] = []
        if not alone:
            rows.append(
                TextLine(
                    ("part", number),
                    pieces,
                    activate=lambda: self.toggle(part.title, part.is_event),
                    opened=opened,
                    hidden=lambda: hide(part.content[:LONGEST_FOUND].decode("utf-8", "replace")),
                )
            )
        if not (opened or alone):
            return rows
        key = (number, self._bare, self._as_text)
        self._ask_for_content(key, part)
        shown = self._shown.get(key)
        if shown is None:
            return [*rows, TextLine(("reading", number), [("Reading …", Font.SMALL, "text_faint")])]
        return rows + self._content(key, shown)

    def _content(self, key: tuple[int, bool, bool], shown: _Shown) -> list[Row]:
        number, bare, _as_text = key
        if shown.tree is not None:
            values = shown.tree
            if isinstance(values, list):
                values = {str(place): value for place, value in enumerate(values)}
            tree = self._trees.setdefault((number, bare), Tree(self, f"part {number}", dialect=JSON))
            return tree.rows(values, depth=1)
        rows = code_rows(key, shown.lines, len(shown.lines), lambda: None, indent=INDENT)
        if not shown.is_whole:
            more = [("more lines", Font.SMALL, "accent")]
            rows.append(
                TextLine(
                    ("more", number),
                    more,
                    indent=INDENT,
                    activate=lambda: self._more(key, shown),
                    opened=False,
                    hint=True,
                )
            )
        return rows

    def _ask_for_content(self, key: tuple[int, bool, bool], part: "ReportPart") -> None:
        if key in self._asked:
            return
        self._asked.add(key)
        _number, bare, as_text = key
        self.host.in_background(
            lambda: _read(part, bare=bare, as_text=as_text), lambda shown: self._take(key, shown)
        )

    def _take(self, key: tuple[int, bool, bool], shown: _Shown) -> None:
        self._shown[key] = shown
        self.host.rebuild(self)

    def _more(self, key: tuple[int, bool, bool], shown: _Shown) -> None:
        text = shown.text
        if text is not None and not shown.is_whole:
            shown.is_whole = True  # until it is known: nothing is asked for twice

            def take(lines: tuple[Line, ...]) -> None:
                shown.lines += lines
                shown.is_whole = not lines
                self._take(key, shown)

            self.host.in_background(text.more, take)

    def _copy_all(self) -> None:
        detail, bare = self.detail, self._bare

        def whole() -> str:
            text = f"{detail.raw_head}\n\n{detail.raw_body.decode('utf-8', 'replace')}"
            return text if bare else hide(text)

        self.host.in_background(whole, lambda text: self.host.copy(text, "Raw report"))

    def _save(self) -> None:
        body = self.detail.raw_body
        ending = "json" if body[:1] in (b"{", b"[") and self.event.protocol != "sentry.envelope" else "txt"
        name = file_names.safe(f"report-{self.event.event_id[:12]}.{ending}")
        self.host.request(SaveFile(name, lambda: body))


def _beginning(detail: "EventDetail") -> str:
    """What the search in the page looks through while the section is folded."""
    return hide(f"{detail.raw_head}\n{detail.raw_body[:LONGEST_FOUND].decode('utf-8', 'replace')}")


def _read(part: "ReportPart", *, bare: bool, as_text: bool) -> _Shown:
    reader = event_parts.report_parts
    tree = None if as_text else reader.tree_of(part.content, bare=bare)
    if tree:
        return _Shown(tree, None)
    text = reader.PartText(part.content, bare=bare)
    shown = _Shown(None, text)
    shown.lines = text.more()
    shown.is_whole = len(shown.lines) < reader.LINES_AT_ONCE
    return shown
