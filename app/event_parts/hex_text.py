"""Bytes as a person reads them: offset, hexadecimal digits, and the characters of ASCII."""

_AT_ONCE = 16
_MOST_LINES = 64
_LOOKED_INTO = 4_096
# A text may hold some of these.
_MOST_ODD = 0.1


def hex_lines(content: bytes, most_lines: int = _MOST_LINES) -> list[str]:
    """`00000000  89 50 4e 47 …  .PNG` for each sixteen bytes, as many lines as asked for."""
    lines = []
    for start in range(0, min(len(content), most_lines * _AT_ONCE), _AT_ONCE):
        part = content[start : start + _AT_ONCE]
        digits = f"{part[:8].hex(' ')}  {part[8:].hex(' ')}"
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{start:08x}  {digits:<48}  {shown}")
    return lines


def looks_binary(text: str) -> bool:
    """Whether a text is bytes that somebody decoded: a tenth of it is nothing that one writes."""
    part = text[:_LOOKED_INTO]
    odd = sum(
        1
        for character in part
        if character == "\ufffd" or (character < " " and character not in "\t\n\r\x1b")
    )
    return odd > len(part) * _MOST_ODD


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text of any usual encoding."""
    part = content[:_LOOKED_INTO]
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\x00" in part or looks_binary(part.decode("utf-8", "replace"))
