"""The theme as the page needs it: colours by token, and fonts with their measures."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont

from ui.detail.page.sheet import Font
from ui.detail.page.typography import Typography
from ui.theme import appearance, font_body, font_code, font_small, font_strong, font_title, theme


class PageTheme(QObject):
    """Follows the theme. `type_` is a new object only when a font has changed: then layouts are old."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.type_ = Typography(_fonts())
        appearance().themeChanged.connect(self._follow)

    def colour(self, token: str) -> QColor:
        """The colour that a token stands for now. Raises AttributeError for a token that there is not."""
        colour = getattr(theme(), token)
        assert isinstance(colour, QColor)
        return colour

    def _follow(self) -> None:
        fonts = _fonts()
        if fonts != self.type_.fonts:
            self.type_ = Typography(fonts)
        self.changed.emit()


def _fonts() -> dict[Font, QFont]:
    code = font_code()
    # Source is shown as it was written: `->` is two characters, not an arrow.
    for feature in ("calt", "liga"):
        code.setFeature(QFont.Tag(feature), 0)
    code_strong = QFont(code)
    code_strong.setWeight(QFont.Weight.DemiBold)
    return {
        Font.TITLE: font_title(),
        Font.BODY: font_body(),
        Font.STRONG: font_strong(),
        Font.SMALL: font_small(),
        Font.CODE: code,
        Font.CODE_STRONG: code_strong,
    }
