"""Words for a POSIX shell, from text that came from outside."""

from shlex import quote


def quoted(text: str) -> str:
    """One word that the shell reads as `text`. Pasting it presses no key in the terminal."""
    text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    if all(character.isprintable() or character in "\n\t" for character in text):
        return quote(text)
    # Pasted as they are, such characters would act as key presses in the terminal.
    escaped = "".join(map(_spelled, text))
    escaped = escaped.replace("-", "\\055", 1) if escaped.startswith("-") else escaped
    return f'"$(printf {quote(escaped)})"'


def _spelled(character: str) -> str:
    if character in "\\%":
        return character * 2
    if character.isprintable() or character in "\n\t":
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode())
