"""What scripts and their sources are called, and what a script says of its map."""

import re

from app.model import Frame

_SCRIPT = (".js", ".mjs", ".cjs", ".jsx", ".bundle")
_COMMENT = re.compile(rb"(?:^|[\n\r;}\s])(?://|/\*)[#@]\s*sourceMappingURL=([^\s'\"*]+)")
_COMMENT_WITHIN = 4 * 1024 * 1024  # an inline map stands at the end, in base64
_WEBPACK = re.compile(r"(?:webpack|turbopack|rspack|ng|vite|app)(?:-internal)?:/{1,3}(?:\([\w-]+\)/)?")
QUERY = re.compile(r"[?#].*$", re.DOTALL)
_LONG_LINE = 300


def is_script(frame: Frame) -> bool:
    """Whether a frame may be of a script that was built: its place is known to the column."""
    name = QUERY.sub("", (frame.abs_path or frame.filename or "")[:4_096])
    if (
        frame.line is None
        or frame.column is None
        or not 0 < frame.line < 2**31
        or not 0 < frame.column < 2**31
    ):
        return False
    if name.startswith(("http://", "https://")):
        return True
    return name.endswith(_SCRIPT) and not name.startswith(("node:", "webpack"))


def looks_built(frame: Frame) -> bool:
    """Whether a script was minified or bundled, so that a word about its missing map is worth reading."""
    name = (frame.abs_path or frame.filename or "").lower()
    if ".min." in name or "/_next/static/" in name or re.search(r"[.-][0-9a-z_-]{8,}\.m?js", name):
        return True
    failing = next((text for number, text in frame.context if number == frame.line), "")
    return max(frame.column or 0, len(failing)) > _LONG_LINE


def compiled_place(frame: Frame) -> str:
    """`app.min.js:1:4223`."""
    name = QUERY.sub("", frame.filename or frame.abs_path or "?").replace("\\", "/")
    return f"{name.rstrip('/').rpartition('/')[2] or name}:{frame.line}:{frame.column}"


def clean(source: str) -> str:
    """An original file's name without what bundlers put around it: `webpack://shop/./src/cart.js?1a2b`."""
    name = source[:2_000].replace("\\", "/")
    if found := _WEBPACK.match(name):
        name = name[found.end() :]
        head, dot, rest = name.partition("/./")
        name = rest if dot and "/" not in head else name
        name = QUERY.sub("", name)
    while name.startswith(("./", "../", "/")):
        name = name.partition("/")[2]
    return name or source[:200]


def named_map(body: bytes) -> str:
    """The address of the map that a script names at its end; empty without one."""
    found = None
    for found in _COMMENT.finditer(body, max(0, len(body) - _COMMENT_WITHIN)):  # noqa: B007 - the last counts
        pass
    if found is None and len(body) > _COMMENT_WITHIN:
        found = _COMMENT.search(body)  # a large inline map
    return "" if found is None else found[1].decode("utf-8", "replace")
