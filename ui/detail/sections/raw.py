"""The report as it came: the request's head, and its decoded body, set out so that people can read it.

Secrets in it are hidden until they are asked for: it is opened in front of others, too. Nothing is
formatted before it is opened, and then not on the UI thread.
"""

from collections.abc import Sequence

from msgspec import DecodeError, json

from app.plain_text import plural
from app.secrets_in_text import hide
from ui.detail.page.rows import Control, Heading, Paragraph, Row, Space, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.value_text import size_text
from ui.theme import UNIT

LONGEST_SET_OUT = 2_000_000
CHARACTERS_AT_ONCE = 16_000
LONGEST_LINE = 2_000
_LINES_IN_ROW = 25


class RawSection(Section):
    """Head and body, folded until asked for."""

    name = "Raw"
    jump = "Raw"

    def begin(self) -> None:
        self._lines: Sequence[str] | None = None
        self._asked = False
        self._bare = False
        self._pages = 1

    def rows(self) -> list[Row]:
        opened = self.is_open("all")
        body = self.detail.raw_body
        controls = []
        if opened:
            text = "Hide secrets" if self._bare else "Show secrets"
            controls = [
                Control(text, self._toggle_secrets, on=self._bare),
                Control("Copy all", self._copy_all),
            ]
        rows: list[Row] = [
            Heading(
                self.name,
                size_text(len(body)),
                controls,
                opened=opened,
                toggle=lambda: self.toggle("all"),
                hidden=lambda: hide(
                    f"{self.detail.raw_head}\n{body[:LONGEST_SET_OUT].decode('utf-8', 'replace')}"
                ),
            )
        ]
        if not opened:
            return rows
        if self.detail.raw_head:
            rows.append(
                Paragraph("head", self._shown(self.detail.raw_head), Font.CODE, "text_muted", most_lines=80)
            )
            rows.append(Space("gap", UNIT))
        if self._lines is None:
            self._ask()
        if self._lines is None:
            return [*rows, TextLine("reading", [("Reading …", Font.SMALL, "text_faint")])]
        return rows + self._body(self._lines)

    def _ask(self) -> None:
        if self._asked:
            return
        self._asked = True
        body, shown = self.detail.raw_body, self._shown
        self.host.in_background(lambda: shown("\n".join(set_out(body))).split("\n"), self._read)

    def _shown(self, text: str) -> str:
        return text if self._bare else hide(text)

    def _toggle_secrets(self) -> None:
        self._bare = not self._bare
        self._lines = None
        self._asked = False
        self.host.rebuild(self)

    def _read(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.host.rebuild(self)

    def _body(self, lines: Sequence[str]) -> list[Row]:
        rows: list[Row] = []
        shown = _as_many_as_fit(lines, self._pages * CHARACTERS_AT_ONCE)
        for start in range(0, shown, _LINES_IN_ROW):
            block = "\n".join(
                line
                if len(line) <= LONGEST_LINE
                else f"{line[:LONGEST_LINE]} … {len(line) - LONGEST_LINE:,} more"
                for line in lines[start : min(start + _LINES_IN_ROW, shown)]
            )
            rows.append(Paragraph(("lines", start), block, Font.CODE))
        if shown < len(lines):
            text = plural(len(lines) - shown, "more line")
            rest = lines[shown:]
            rows.append(
                TextLine(
                    "more",
                    [(text, Font.SMALL, "accent")],
                    activate=self._more,
                    opened=False,
                    hidden=lambda: "\n".join(rest),
                    hint=True,
                )
            )
        return rows

    def _more(self) -> None:
        self._pages += 1
        self.host.rebuild(self)

    def _copy_all(self) -> None:
        body = self.detail.raw_body.decode("utf-8", "replace")
        self.host.copy(self._shown(f"{self.detail.raw_head}\n\n{body}"), "Raw report")


def _as_many_as_fit(lines: Sequence[str], characters: int) -> int:
    for number, line in enumerate(lines):
        characters -= min(len(line), LONGEST_LINE) + 40  # a short line takes room too
        if characters < 0:
            return max(1, number)
    return len(lines)


def set_out(body: bytes) -> list[str]:
    """The body's lines. JSON is indented, as a whole or, in an envelope, line by line; all else stays."""
    if len(body) > LONGEST_SET_OUT:
        left_out = f"… {size_text(len(body) - LONGEST_SET_OUT)} more: copy all to see it"
        return [*body[:LONGEST_SET_OUT].decode("utf-8", "replace").split("\n"), left_out]
    lines: list[str] = []
    for part in [body] if _is_json(body) else body.split(b"\n"):
        text = _indented(part) if part[:1] in (b"{", b"[") else part
        lines += text.decode("utf-8", "replace").split("\n")
    return lines


def _is_json(part: bytes) -> bool:
    try:
        json.decode(part)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return True


def _indented(part: bytes) -> bytes:
    try:
        return json.format(part, indent=2)
    except (DecodeError, RecursionError):
        return part
