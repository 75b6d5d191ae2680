"""The tokens: readable in light and dark, and applied to existing widgets when they change."""

from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.model import Level
from ui.theme import DARK, LIGHT, Theme, appearance, font_body, font_title, scaled, style_sheet

GROUNDS = (
    "window surface sidebar raised hover selected selected_inactive code_background code_line code_added "
    "chip match match_current"
).split()
TEXTS = "text text_muted text_faint accent success danger".split()
SOURCE_GROUNDS = "surface hover code_background code_line code_added".split()
SYNTAX = [f"syntax_{kind}" for kind in "keyword string comment number name".split()]
MARKS = "focus level_fatal level_error level_warning level_info level_debug".split()
SERIES = [name for name in Theme.__struct_fields__ if name.startswith("series_")]
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@THEMES
def test_every_text_colour_is_readable_on_every_background(theme: Theme) -> None:
    poor = [
        (text, ground, contrast(getattr(theme, text), getattr(theme, ground)))
        for text, ground in product(TEXTS, GROUNDS)
        if contrast(getattr(theme, text), getattr(theme, ground)) < 4.5
    ]
    assert poor == []
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    assert contrast(theme.accent_text, theme.accent_hover) >= 4.5
    assert contrast(theme.window, theme.text) >= 4.5  # the undo bar is set in reverse


@THEMES
def test_every_colour_of_source_is_readable_where_source_stands(theme: Theme) -> None:
    poor = [
        (kind, ground)
        for kind, ground in product(SYNTAX, SOURCE_GROUNDS)
        if contrast(getattr(theme, kind), getattr(theme, ground)) < 4.5
    ]
    assert poor == []
    assert len({getattr(theme, kind).name() for kind in SYNTAX}) == len(SYNTAX)


@THEMES
def test_every_mark_has_contrast_on_every_background(theme: Theme) -> None:
    poor = [
        (mark, ground)
        for mark, ground in product([*MARKS, *SERIES], GROUNDS)
        if contrast(getattr(theme, mark), getattr(theme, ground)) < 3
    ]
    assert poor == []


@THEMES
def test_every_level_has_its_colour(theme: Theme) -> None:
    assert len({theme.level(level).name() for level in Level}) == len(Level)


@THEMES
def test_the_style_sheet_is_filled_in(theme: Theme) -> None:
    filled = style_sheet(theme)
    assert "$" not in filled
    assert theme.text.name() in filled


def test_a_change_of_theme_reaches_existing_widgets(qapp: QApplication, qtbot: QtBot) -> None:
    appearance().apply(qapp, LIGHT)
    label = QLabel("seen")
    qtbot.addWidget(label)
    with qtbot.waitSignal(appearance().themeChanged):
        appearance().apply(qapp, DARK)
    assert appearance().theme is DARK
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.text


def test_all_kinds_of_widgets_have_one_font_whatever_the_desktop_has_for_some(
    qapp: QApplication, qtbot: QtBot
) -> None:
    for kind in ("QLabel", "QPushButton", "QMenu", "QTipLabel", "QAbstractItemView"):
        qapp.setFont(QFont("DejaVu Serif", 17), kind)  # type: ignore[arg-type]
    appearance().follow(qapp)
    for made in (QLabel("a"), QPushButton("b"), QMenu(), QListView(), QLineEdit()):
        qtbot.addWidget(made)
        assert made.font().families() == font_body().families(), type(made)
        assert made.font().pixelSize() == font_body().pixelSize(), type(made)


def test_the_size_of_text_holds_at_once_for_fonts_of_their_own_too(qapp: QApplication, qtbot: QtBot) -> None:
    appearance().follow(qapp)
    title, text = QLabel("title"), QLabel("text")
    title.setFont(font_title())
    for label in (title, text):
        qtbot.addWidget(label)
        label.show()
    for percent, sizes in ((150, (26, 20)), (90, (15, 12)), (100, (17, 13))):
        appearance().choose("system", percent, qapp)
        assert (title.font().pixelSize(), text.font().pixelSize()) == sizes
        assert scaled(100) == percent


def test_a_chosen_theme_stays_when_the_system_changes(qapp: QApplication) -> None:
    appearance().follow(qapp)
    system = appearance().theme
    appearance().choose("dark", 100, qapp)
    assert appearance().theme is DARK
    appearance().choose("light", 100, qapp)
    assert appearance().theme is LIGHT
    appearance().choose("system", 100, qapp)
    assert appearance().theme is system


def test_every_token_is_among_those_whose_contrast_is_tested() -> None:
    tested = {*GROUNDS, *TEXTS, *SYNTAX, *MARKS, *SERIES, "accent_hover", "accent_text"}
    # Lines only divide, and bars are read by their length; no text stands on either.
    decorative = {"dark", "line", "chart"}
    assert set(Theme.__struct_fields__) - tested - decorative == set()
