"""The catalogue's sentences, which set names of code in backticks, as text that a label can show."""

import re
from html import escape

from ui.theme import font_code

_CODE = re.compile(r"`([^`]+)`")


def as_html(sentence: str) -> str:
    """`sentence` with its code in the font of code; nothing else in it is taken for markup."""
    families = ", ".join(f"'{family}'" for family in font_code().families())
    return _CODE.sub(rf'<span style="font-family: {families}; font-size: 12px">\1</span>', escape(sentence))
