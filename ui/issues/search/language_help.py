"""What can be searched for, on one small page: the same as `docs/search.md`, in short."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.query.fields import FIELDS
from ui.theme import UNIT, font_code, font_strong
from ui.widgets.plain_label import PlainLabel

_SIZE = (640, 680)
EXAMPLES = (
    ("card declined", "both words, or what begins so, anywhere in one event"),
    ('"not found"', "words that stand together"),
    ("std::runtime_error", "whatever is pasted: a key that is none is text"),
    ("level:error env:production", "both must hold"),
    ("level:error or level:fatal", "one of them"),
    ("-is:muted -(env:dev or env:test)", "a hyphen: what does not match"),
    ("url:*/cart/*", "a star stands for anything"),
    ("user:=ada", "exactly this value"),
    ("times:>10 users:2..5", "numbers, from and to; 2k is 2,000"),
    ("last:<10m first:>7d", "less and more than so long ago"),
    ("last:2026-11-30 first:yesterday", "days, local"),
    ("level:>=warning", "warning and what is more severe"),
    ("has:user -has:release", "whether an event has it"),
    ("tag.customer:gold", "any tag"),
    ("run:last", "what came in the newest run of a command"),
    ("newinrun:12", "what came in run 12, and not in the one before"),
)
"""Searches and what they find; those of the documentation are tested, and so are these."""


class LanguageHelp(QDialog):
    """Examples, and all keys. It scrolls where it does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Searching")
        self.resize(*_SIZE)
        page = QWidget()
        page.setObjectName("page")
        grid = QGridLayout(page)
        grid.setContentsMargins(*(4 * (3 * UNIT,)))
        grid.setHorizontalSpacing(3 * UNIT)
        grid.setVerticalSpacing(UNIT)
        grid.setColumnStretch(1, 1)
        _add_rows(grid, "Examples", EXAMPLES)
        keys = (("tag.NAME:" if key == "tag" else f"{key}:", field.hint) for key, field in FIELDS.items())
        _add_rows(grid, "Keys", tuple(keys))
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName("Searching")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        area.setAccessibleName("What can be searched for")
        area.setFocus()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def _add_rows(grid: QGridLayout, title: str, rows: tuple[tuple[str, str], ...]) -> None:
    heading = PlainLabel(title)
    heading.setFont(font_strong())
    if grid.rowCount() > 1:
        grid.setRowMinimumHeight(grid.rowCount(), UNIT)
    grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
    for written, meaning in rows:
        row = grid.rowCount()
        code = PlainLabel(written, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        code.setFont(font_code())
        said = PlainLabel(meaning, wordWrap=True)
        said.setObjectName("muted")
        grid.addWidget(code, row, 0)
        grid.addWidget(said, row, 1)
