"""The library that draws icons from a font. Loaded late, by `ui.widgets.icons`: its import takes 0.2 s."""

from functools import cache

from qtawesome.iconic_font import IconicFont


@cache
def phosphor() -> IconicFont:
    """The one font that is used; the library's own `icon` would load all twelve."""
    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))
