"""Icons by meaning, all from one family of one weight: Phosphor, regular.

Widgets ask for `icon("resolve")`, never for a glyph, and get it in the theme's colour; who stores one asks
again on `themeChanged`. `resources/icons.ttf` has only the glyphs that are named here (20 kB of a font of
1.4 MB; it says who made it, and under which licence). One more is added from Phosphor's font by fontTools:
`pyftsubset phosphor-1.3.0.ttf --unicodes=… --hinting --notdef-outline --name-IDs='*'`.
"""

from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont

from app import program_command
from ui.theme import theme

FONT = program_command.ROOT / "resources" / "icons.ttf"
# The glyph's size as a part of the icon's: the rest is the family's own margin.
_PART = 0.875 * 1.14
# The size of an icon on a button with a text behind it: Qt leaves less than a letter between the two.
BEFORE_TEXT = QSize(20, 16)

# The character of each meaning in the font.
MEANINGS = {
    "inbox": "\uf336",  # tray
    "unread": "\uf156",  # envelope-simple
    "read": "\uf157",  # envelope-simple-open
    "resolve": "\uf0e8",  # check-circle
    "mute": "\uf088",  # bell-slash
    "reopen": "\uf021",  # arrow-counter-clockwise
    "everything": "\uf2f1",  # stack
    "queue": "\uf1d0",  # hourglass
    "doctor": "\uf179",  # first-aid-kit
    "connect": "\uf280",  # plus-circle
    "notifications": "\uf082",  # bell
    "again": "\uf020",  # arrow-clockwise
    "project": "\uf120",  # cube
    "copy": "\uf114",  # copy
    "done": "\uf0e7",  # check
    "search": "\uf20a",  # magnifying-glass
    "close": "\uf36d",  # x
    "warning": "\uf35c",  # warning
    "send": "\uf25c",  # paper-plane-tilt
    "more": "\uf145",  # dots-three
    "first": "\uf0bf",  # caret-double-left
    "previous": "\uf0c3",  # caret-left
    "next": "\uf0c4",  # caret-right
    "last": "\uf0c0",  # caret-double-right
    "unfolded": "\uf0c2",  # caret-down
    "save": "\uf14c",  # download-simple
    "attachment": "\uf258",  # paperclip
    "feedback": "\uf0e6",  # chat-text
    "editor": "\uf10a",  # code
    "commit": "\uf1a7",  # git-commit
    "web": "\uf1af",  # globe
    "desktop": "\uf12e",  # desktop
    "phone": "\uf130",  # device-mobile
    "tablet": "\uf133",  # device-tablet
    "bot": "\uf2a3",  # robot
    "user": "\uf346",  # user
    "users": "\uf351",  # users
    "tag": "\uf305",  # tag
    "image": "\uf1dd",  # image
    "file": "\uf170",  # file-text
    "folder": "\uf186",  # folder
    "replay": "\uf27c",  # play
    "compare": "\uf04d",  # arrows-left-right
    "link": "\uf1f3",  # link
    "settings": "\uf19c",  # gear-six
    "chart": "\uf0d2",  # chart-bar
    "clock": "\uf0f9",  # clock
    "list": "\uf1fb",  # list-bullets
    "database": "\uf12d",  # database
    "events": "\uf1ef",  # lightning
    "up": "\uf0c5",  # caret-up
    "show": "\uf15b",  # eye
    "package": "\uf251",  # package
    "cookie": "\uf112",  # cookie
    "export": "\uf15a",  # export
    "test": "\uf180",  # flask
    "note": "\uf22a",  # note
    "grouping": "\uf173",  # fingerprint
    "json": "\uf09b",  # brackets-curly
    "browser": "\uf0a3",  # browser
    "windows": "\uf36a",  # windows-logo
    "apple": "\uf006",  # apple-logo
    "android": "\uf004",  # android-logo
    "table": "\uf304",  # table
    "github": "\uf1aa",  # github-logo
    "gitlab": "\uf1ab",  # gitlab-logo
    "information": "\uf1e0",  # info
    "add": "\uf27f",  # plus
    "flag": "\uf17c",  # flag
    "trace": "\uf25d",  # path
    "bug": "\uf0a5",  # bug
    "cpu": "\uf119",  # cpu
    "import": "\uf345",  # upload-simple
    "order": "\uf047",  # arrows-down-up
    "pin": "\uf2f3",  # star
    "pinned": "\ufa5d",  # star-fill
    "delete": "\uf335",  # trash-simple
    "merge": "\uf1ad",  # git-merge
}


class _GlyphEngine(QIconEngine):
    """Paints one glyph as a path, in one colour, or in that of what is disabled."""

    def __init__(self, character: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._character = character
        self._colour, self._disabled = colour, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        path, size = _glyphs(round(_PART * rect.height()))[self._character]
        painter.save()
        painter.translate(QRectF(rect).center())
        painter.translate(-size.width() / 2, -size.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, self._disabled if mode is QIcon.Mode.Disabled else self._colour)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture


def icon(meaning: str, colour: QColor | None = None) -> QIcon:
    """The icon for a meaning, in `colour` or in that of muted text. KeyError: no such meaning."""
    return QIcon(_GlyphEngine(MEANINGS[meaning], colour or theme().text_muted, theme().text_faint))


def paint(painter: QPainter, meaning: str, rect: QRect, colour: QColor | None = None) -> None:
    """Paint an icon that is painted often, from a picture made once."""
    tint = colour or theme().text_muted
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(rect.topLeft(), _picture(meaning, tint.name(), rect.width(), rect.height(), ratio))


@cache
def _picture(meaning: str, tint: str, width: int, height: int, ratio: float) -> QPixmap:
    return icon(meaning, QColor(tint)).pixmap(QSize(width, height), ratio)


@cache
def _glyphs(pixels: int) -> dict[str, tuple[QPainterPath, QSizeF]]:
    """By character its outline, and the size of the box that it stands in."""
    # The font itself is not stored: it must not outlive the application.
    font = QRawFont(str(FONT), pixels)
    characters = list(dict.fromkeys(MEANINGS.values()))
    numbers = font.glyphIndexesForString("".join(characters))
    glyphs = {}
    for character, number, advance in zip(
        characters, numbers, font.advancesForGlyphIndexes(numbers), strict=True
    ):
        path = font.pathForGlyph(number)
        path.translate(0, font.ascent())
        path.setFillRule(Qt.FillRule.WindingFill)
        glyphs[character] = path, QSizeF(abs(advance.x()), font.ascent() + font.descent())
    return glyphs
