"""Text from outside on buttons and in menus, where Qt takes `&` for a key, and a tab for a column."""

from app.plain_text import elided

LONGEST_TEXT = 80


def without_mnemonic(text: str, limit: int = LONGEST_TEXT) -> str:
    """`text` on one short line, every `&` shown as such."""
    return elided(text, limit).replace("&", "&&")
