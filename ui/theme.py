"""The theme, as a few tokens: colours for light and dark, type, and a grid of eight pixels.

Widgets ask `theme()` for a colour when they paint, and listen to `appearance().themeChanged` when they cache
something that was made from one. Qt's own widgets get the same tokens through the palette and through
`resources/style.qss`, where `$text` means the token `text`. Colours are rare: one accent for what
can be acted on, and level colours only as small marks.
"""

from functools import cache
from string import Template

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app import program_command
from app.model import Level

STYLE = program_command.ROOT / "resources" / "style.qss"

_MIDDLE = 128

UNIT = 8
_SIZES = (12, 13, 17, 22)
_WITH_FONTS_OF_DESKTOPS = (
    "QAbstractItemView",
    "QCheckBox",
    "QComboMenuItem",
    "QDockWidgetTitle",
    "QHeaderView",
    "QLabel",
    "QListBox",
    "QListView",
    "QMdiSubWindowTitleBar",
    "QMenu",
    "QMenuBar",
    "QMessageBox",
    "QPushButton",
    "QRadioButton",
    "QStatusBar",
    "QTipLabel",
    "QTitleBar",
    "QToolButton",
)
RADIUS = 6


class Theme(Struct, frozen=True, kw_only=True):
    """Every colour by what it is for. Contrast on every background: text 4.5:1, marks 3:1."""

    dark: bool
    window: QColor
    surface: QColor
    sidebar: QColor
    raised: QColor
    hover: QColor
    selected: QColor
    selected_inactive: QColor
    line: QColor
    text: QColor
    text_muted: QColor
    text_faint: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    focus: QColor
    code_background: QColor
    code_line: QColor
    code_added: QColor
    syntax_keyword: QColor
    syntax_string: QColor
    syntax_comment: QColor
    syntax_number: QColor
    syntax_name: QColor
    chip: QColor
    match: QColor
    match_current: QColor
    chart: QColor
    level_fatal: QColor
    level_error: QColor
    level_warning: QColor
    level_info: QColor
    level_debug: QColor
    success: QColor
    danger: QColor
    series_0: QColor
    series_1: QColor
    series_2: QColor
    series_3: QColor

    def level(self, level: Level) -> QColor:
        """The colour of a level's mark."""
        colour = getattr(self, f"level_{level.value}")
        assert isinstance(colour, QColor)
        return colour


def _theme(*, dark: bool, **colours: str) -> Theme:
    return Theme(dark=dark, **{name: QColor(value) for name, value in colours.items()})


LIGHT = _theme(
    dark=False,
    window="#ffffff",
    surface="#ffffff",
    sidebar="#f6f6f8",
    raised="#ffffff",
    hover="#f3f3f6",
    selected="#e8e9fb",
    selected_inactive="#ededf1",
    line="#e7e7ec",
    text="#1b1c22",
    text_muted="#53555f",
    text_faint="#656771",
    accent="#4b4fc9",
    accent_hover="#3f43b8",
    accent_text="#ffffff",
    focus="#6a6ee6",
    code_background="#f6f6f8",
    code_line="#fdecec",
    code_added="#e4f4ea",
    syntax_keyword="#8a2a8c",
    syntax_string="#1d6b35",
    syntax_comment="#656771",
    syntax_number="#9a4a00",
    syntax_name="#2356b3",
    chip="#f0f0f4",
    match="#fff3cc",
    match_current="#ffe49c",
    chart="#8b8fe0",
    level_fatal="#a31f4f",
    level_error="#dc3b3b",
    level_warning="#b07300",
    level_info="#2e84d6",
    level_debug="#7f838e",
    success="#1a7540",
    danger="#c42b2b",
    series_0="#5b63d6",
    series_1="#1d8a72",
    series_2="#a8601c",
    series_3="#9a4fb0",
)

DARK = _theme(
    dark=True,
    window="#151619",
    surface="#151619",
    sidebar="#101114",
    raised="#202126",
    hover="#1c1d21",
    selected="#262948",
    selected_inactive="#23252b",
    line="#26272d",
    text="#ececf0",
    text_muted="#a9abb5",
    text_faint="#8f929d",
    accent="#a0a5ff",
    accent_hover="#b4b8ff",
    accent_text="#14152b",
    focus="#7f85f5",
    code_background="#1a1b1f",
    code_line="#35201f",
    code_added="#17301f",
    syntax_keyword="#d79be8",
    syntax_string="#8fca8a",
    syntax_comment="#8f929d",
    syntax_number="#e3a76b",
    syntax_name="#85b5f5",
    chip="#222328",
    match="#272314",
    match_current="#332a0e",
    chart="#6468c4",
    level_fatal="#f0609a",
    level_error="#f2605f",
    level_warning="#e2a53b",
    level_info="#58a6f0",
    level_debug="#7c808c",
    success="#58c088",
    danger="#ff8583",
    series_0="#8b91f7",
    series_1="#45b89a",
    series_2="#d99a55",
    series_3="#c786dc",
)


class Appearance(QObject):
    """Holds the theme and the size of text in force; unless a person chose a theme, follows the system's."""

    themeChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.text_size = 100
        self._chosen = "system"
        self._system = LIGHT

    def follow(self, app: QApplication) -> None:
        """Apply what is chosen to `app`, now and whenever the system's colour scheme changes."""
        scheme = app.styleHints().colorScheme()
        if scheme is Qt.ColorScheme.Unknown and app.palette().window().color().lightness() < _MIDDLE:
            scheme = Qt.ColorScheme.Dark
        self._system = _of(scheme)
        app.setStyle("Fusion")
        self.apply(app, self._wanted())
        app.styleHints().colorSchemeChanged.connect(lambda scheme: self._follow(app, _of(scheme)))

    def choose(self, theme: str, text_size: int, app: QApplication | None = None) -> None:
        """Use a theme (system, light or dark) and a size of text in percent, in `app` at once."""
        before = self.text_size
        self._chosen, self.text_size = theme, text_size
        wanted = self._wanted()
        if app is None or (wanted is self.theme and text_size == before):
            return
        own = _with_own_sizes(app, before)
        self.apply(app, wanted)
        if text_size != before:
            # Behind the style sheet: a new one gives widgets the fonts back that they had under the first.
            _set_sizes(own)
            self.themeChanged.emit()

    def _wanted(self) -> Theme:
        return {"light": LIGHT, "dark": DARK}.get(self._chosen, self._system)

    def _follow(self, app: QApplication, system: Theme) -> None:
        self._system = system
        # A desktop's other theme brings its fonts again, after this signal.
        QTimer.singleShot(0, app, lambda: _use_one_font(app))
        if self._wanted() is not self.theme:
            self.apply(app, self._wanted())

    def apply(self, app: QApplication, theme: Theme) -> None:
        """Apply `theme` to `app`."""
        self.theme = theme
        # Before the style sheet, under which widgets take over the present font.
        _use_one_font(app)
        app.setPalette(palette(theme))
        app.setStyleSheet(style_sheet(theme))
        # Palette and style sheet bring the desktop's fonts again.
        _use_one_font(app)
        self.themeChanged.emit()


@cache
def appearance() -> Appearance:
    """The one `Appearance` of this program."""
    return Appearance()


def theme() -> Theme:
    """The theme in force; ask when painting, as it may change."""
    return appearance().theme


def scaled(pixels: float) -> int:
    """A height or width that grows with the chosen size of text."""
    return round(pixels * appearance().text_size / 100)


def _use_one_font(app: QApplication) -> None:
    """Set text in all windows in one font: some desktops have others for buttons, labels, lists and menus."""
    font = font_body()
    app.setFont(font)
    for kind in _WITH_FONTS_OF_DESKTOPS:
        # It takes text, whatever its annotations say.
        if QApplication.font(kind) != font:  # type: ignore[call-overload]
            app.setFont(font, kind)  # type: ignore[arg-type]


def _with_own_sizes(app: QApplication, percent: int) -> list[tuple[QWidget, int]]:
    """The widgets with a font of their own, each with its size without `percent`."""
    sizes = {round(pixels * percent / 100): pixels for pixels in _SIZES}
    return [
        (widget, sizes[widget.font().pixelSize()])
        for widget in app.allWidgets()
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and widget.font().pixelSize() in sizes
    ]


def _set_sizes(own: list[tuple[QWidget, int]]) -> None:
    for widget, pixels in own:
        font = widget.font()
        font.setPixelSize(scaled(pixels))
        widget.setFont(font)


def _of(scheme: Qt.ColorScheme) -> Theme:
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """The tokens, for what Qt paints by itself."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, colour in {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.surface,
        roles.AlternateBase: theme.hover,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.text_faint,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.accent_text,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.Highlight: theme.selected,
        roles.HighlightedText: theme.text,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.Mid: theme.line,
        roles.Midlight: theme.line,
    }.items():
        result.setColor(role, colour)
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.text_faint)
    return result


def style_sheet(theme: Theme) -> str:
    """`resources/style.qss` with the tokens filled in. Raises KeyError for a token that there is not."""
    tokens = {name: getattr(theme, name) for name in theme.__struct_fields__ if name != "dark"}
    return Template(STYLE.read_text("utf-8")).substitute(
        {name: colour.name() for name, colour in tokens.items()}
    )


def font_title() -> QFont:
    """What a view or an issue is called."""
    return _font(17, QFont.Weight.DemiBold)


def font_large() -> QFont:
    """The one sentence on a page that has nothing else."""
    return _font(22, QFont.Weight.DemiBold)


def font_body() -> QFont:
    """Text."""
    return _font(13)


def font_strong() -> QFont:
    """Text that stands out: unread, headings of sections."""
    return _font(13, QFont.Weight.DemiBold)


def font_small() -> QFont:
    """Secondary text: places, times, numbers. Its digits have one width."""
    return _font(12)


def font_code() -> QFont:
    """Source, values, addresses."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setFamilies(["JetBrains Mono", "SF Mono", "Cascadia Mono", *font.families(), "DejaVu Sans Mono"])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(scaled(12))
    # Source is read letter by letter: no ligatures.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setFamilies(["Inter", *font.families()])
    font.setPixelSize(scaled(pixels))
    font.setWeight(weight)
    # Times and counts are read down a column and tick in place.
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
