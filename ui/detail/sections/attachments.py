"""Files that came with the event: each opens to what can be shown of it, and can be saved.

Their bytes are read from the report again when one is opened, and everything that is made of them off the UI
thread.
"""

from msgspec import Struct
from PySide6.QtGui import QImage

from app.event_parts import file_names, files
from app.event_parts.files import Preview
from app.model import AttachmentInfo
from ui.detail import images
from ui.detail.page.code_lines import code_rows
from ui.detail.page.heading import Heading
from ui.detail.page.image_row import ImageRow
from ui.detail.page.rows import INDENT, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import ReadAttachment, SaveFile
from ui.detail.sections.tree import Tree
from ui.detail.value_text import size_text
from ui.detail.values.dialect import JSON, PLAIN

_LINES = 40
_MORE_LINES = 400
_GONE = "The file is no longer stored: the report that brought it has been removed."
_ICONS = (("image/", "image"), ("application/json", "json"), ("text/", "file"))


class _Opened(Struct, frozen=True):
    """What an open file shows."""

    preview: Preview
    image: QImage | None = None
    note: str = ""


class AttachmentsSection(Section):
    """Names, kinds, sizes, and what is in them."""

    name = "Attachments"
    jump = "Files"

    def begin(self) -> None:
        self._found: dict[int, _Opened] = {}
        self._asked: set[int] = set()
        self._trees: dict[int, Tree] = {}
        self._lines: dict[int, int] = {}

    def rows(self) -> list[Row]:
        attached = self.event.attachments
        rows: list[Row] = [Heading(self.name, f"{len(attached):,}")] if attached else []
        for number, file in enumerate(attached):
            rows += self._file(number, file)
        return rows

    def _file(self, number: int, file: AttachmentInfo) -> list[Row]:
        fold = f"{number} {file.filename[:100]}"
        opened = self.is_open(fold)
        about = " · ".join(part for part in (file.content_type, size_text(file.size)) if part)
        pieces = [(file.filename, Font.BODY, "text"), (about, Font.SMALL, "text_muted")]
        menu = (
            MenuEntry("Save …", lambda: self._save(number, file)),
            MenuEntry("Copy name", lambda: self.host.copy(file.filename, "Name")),
        )
        row = TextLine(
            ("file", number),
            pieces,
            activate=lambda: self.toggle(fold),
            opened=opened,
            icon=_icon(file),
            menu=menu,
        )
        return [row, *self._inside(number, file, menu)] if opened else [row]

    def _inside(self, number: int, file: AttachmentInfo, menu: tuple[MenuEntry, ...]) -> list[Row]:
        self._ask(number)
        found = self._found.get(number)
        if found is None:
            return [self._line(("reading", number), "Reading …", "text_faint")]
        preview, rows = found.preview, list[Row]()
        if note := " · ".join(filter(None, (preview.kind, found.note or preview.note))):
            rows.append(self._line(("note", number), note, "text_faint"))
        if found.image is not None:
            rows.append(
                ImageRow(("image", number), found.image, name=file.filename, indent=INDENT, menu=menu)
            )
        if preview.values is not None:
            values = preview.values if isinstance(preview.values, dict) else {"": preview.values}
            if isinstance(preview.values, list):
                values = {str(place): value for place, value in enumerate(preview.values)}
            words = JSON if preview.kind == "JSON" else PLAIN
            tree = self._trees.setdefault(number, Tree(self, f"file {number}", dialect=words))
            rows += tree.rows(values, depth=1)
        if preview.lines:
            most = self._lines.get(number, _LINES)
            rows += code_rows(
                ("lines", number), preview.lines, most, lambda: self._more(number), indent=INDENT, menu=menu
            )
        save = [("Save …", Font.SMALL, "accent")]
        key, act = ("save", number), menu[0].action
        rows.append(TextLine(key, save, indent=INDENT, activate=act, icon="save"))
        return rows

    def _line(self, key: tuple[str, int], text: str, colour: str) -> TextLine:
        return TextLine(key, [(text, Font.SMALL, colour)], indent=INDENT)

    def _more(self, number: int) -> None:
        self._lines[number] = self._lines.get(number, _LINES) + _MORE_LINES
        self.host.rebuild(self)

    def _ask(self, number: int) -> None:
        if number not in self._asked:
            self._asked.add(number)
            self.host.request(
                ReadAttachment(self.detail.pk, number, lambda content: self._read(number, content))
            )

    def _read(self, number: int, content: bytes | None) -> None:
        if content is None:
            self._take(number, _Opened(Preview(kind="", note=_GONE)))
        else:
            self.host.in_background(lambda: _opened(content), lambda found: self._take(number, found))

    def _take(self, number: int, found: _Opened) -> None:
        self._found[number] = found
        self.host.rebuild(self)

    def _save(self, number: int, file: AttachmentInfo) -> None:
        name = file_names.safe(file.filename)

        def save(content: bytes | None) -> None:
            if content is None:
                self._take(number, _Opened(Preview(kind="", note=_GONE)))
            else:
                self.host.request(SaveFile(name, lambda: content))

        self.host.request(ReadAttachment(self.detail.pk, number, save))


def _opened(content: bytes) -> _Opened:
    preview = files.preview(content)
    if not preview.image:
        return _Opened(preview)
    image, note = images.decoded(content, preview.image)
    return _Opened(preview, image, note)


def _icon(file: AttachmentInfo) -> str:
    media = (file.content_type or "").lower()
    return next((icon for sign, icon in _ICONS if media.startswith(sign)), "attachment")
