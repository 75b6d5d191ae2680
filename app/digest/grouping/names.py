"""Names of places in the code, equal in all builds, browsers and folders: without generated parts.

Compilers, bundlers and proxies number what has no name of its own (`lambda$save$0`, `$Proxy12`,
`app.3f9c1a.js`), browsers decorate names each in their own way, and folders differ from host to host.
"""

import re
from functools import lru_cache

from app.digest.grouping.generated import without_generated_parts, without_generators_parts

PAGE = "(page)"
"""The file of an inline script: its address says which page was open, not what failed."""

_LONGEST = 500
_BROWSERS = frozenset(("javascript", "node"))

_NO_NAME = frozenset(
    {
        *("?", "??", "<anonymous>", "anonymous", "(anonymous)", "<unknown>", "unknown", "<lambda>", "lambda"),
        *("<toplevel>", "{closure}", "{anonymous}", "undefined", "null", "eval", "eval code"),
        *("(anonymous function)", "<anonymous closure>", "<fn>", "<redacted>", "<computed>"),
    }
)
_TOP_LEVEL = frozenset(
    ("<module>", "{main}", "<main>", "<top (required)>", "global code", "module code", "(top-level)")
)

# What V8 writes before and after a name, and the async callers that Firefox adds.
_PREFIX = re.compile(r"^(?:async\*|async |new |get |set |static )+")
_ALIAS = re.compile(r" \[as [^\]]*\]$")
# "Cart.save", "window.run", "save/this.x": Chromium adds the receiver, and Firefox the place.
_OWNER = re.compile(r"^.*[./](?=[^./]+$)", re.DOTALL)
# "Shop::Cart#total": Ruby names the class, too, since 3.4.
_RUBY_OWNER = re.compile(r"^[A-Z]\w*(?:::[A-Z]\w*)*[#.](?=.)")
# webpack names the function around a module by a number, or by a path after the receiver;
# V8 names for evaluated code the place that evaluated it.
_MODULE_BODY = re.compile(r"^(?:(?:Module|Object|__webpack_\w+)\.)?(?:\d+|\.{1,2}/.*\.\w+)$")
_EVAL = re.compile(r"^eval (?:\(eval )?at ")

_ADDRESS = re.compile(r"(?:https?|blob|file|capacitor|ionic):", re.IGNORECASE)
_HOST_END = re.compile(r"[/:?#]")
_EXTENSION = re.compile(r"\.\w{1,10}$")
# What a build appends: "app.min.js", "app.chunk.js", and in front of the extension a number or hash.
_BUILT = re.compile(r"[.-](?:min|bundle|chunk|prod|production|dev|development|esm|cjs|umd|iife)(?=\.|$)")
_DOTTED_NUMBER = re.compile(r"(?<=\w)\.\d+(?=\.)")
_HEX = re.compile(r"(?<=[\w)])[.~_@-](?=[0-9a-fA-F]*\d)[0-9a-fA-F]{6,}(?=[.-]|$)")
_MIXED = re.compile(r"(?<=\w)[.-]([\w-]{8}|\w{16,24})(?=\.[\w.]+$|$)")
# A file that is called by nothing else than a chunk's number or hash.
_CHUNK = re.compile(r"(?:\d+|(?=[0-9a-f]*\d)[0-9a-f]{6,})(?=(?:[.-][\w.-]*)?\.\w+$)")
# "<ipython-input-12-3f9c1a>", "a.php(12) : eval()'d code".
_IN_BRACKETS = re.compile(r"[-_.]?\d[0-9a-f-]*")
_EVALUATED = re.compile(r"\(\d+\)")
_BUNDLED = re.compile(r"^(?:webpack(?:-internal)?:/{2,3})?(?:\.{1,2}/)*")
# "[id].tsx": a route by its parameter alone, which says nothing without its folder.
_DYNAMIC = ("[", "%5B")
_CAMEL = re.compile(r"(?:[A-Z]?[a-z]+)(?:[A-Z][a-z]+)*|[a-z]+(?:[_-][a-z]+)*|\d+")


@lru_cache(maxsize=16_384)
def file_name(path: str) -> str:
    """The last part of a path or URL, without query and without what a build put into it."""
    whole = re.split(r"[?#]", path[-_LONGEST:], maxsplit=1)[0]
    folder, _slash, name = whole.replace("\\", "/").rstrip("/").rpartition("/")
    if _ADDRESS.match(path) and not (_EXTENSION.search(name) and whole.rstrip("/").count("/") > 2):
        return PAGE
    if name.startswith("<"):
        return _IN_BRACKETS.sub("", name)
    name = _without_build(_EVALUATED.sub("", name)) or name or path
    if whole.startswith("package:"):
        return whole.removeprefix("package:")  # Dart's are within the package, wherever that is
    if name.startswith(_DYNAMIC):
        return f"{folder.rpartition('/')[2]}/{name}"
    return name


@lru_cache(maxsize=1_024)
def host(url: str) -> str:
    """The host of `url`; without a host its scheme, and a word such as ``inline`` unchanged."""
    scheme, _slashes, rest = url[:_LONGEST].partition("://")
    return _HOST_END.split(rest, maxsplit=1)[0].rpartition("@")[2] or scheme.partition(":")[0]


@lru_cache(maxsize=16_384)
def module_name(module: str, platform: str | None) -> str:
    """A module without generated parts."""
    plain = without_generated_parts(module[:_LONGEST])
    if platform not in _BROWSERS:
        return plain
    plain = _BUNDLED.sub("", plain)
    return _without_build(plain) or plain


@lru_cache(maxsize=16_384)
def function_name(function: str, platform: str | None) -> str:
    """A function's own name; empty when it has none."""
    name = function[:_LONGEST].strip()
    if platform in _BROWSERS:
        name = _in_javascript(name)
    if is_nameless(name):
        return ""
    plain = without_generated_parts(name).strip(".$ ")
    if platform == "ruby":
        plain = _RUBY_OWNER.sub("", plain)
    return "" if is_nameless(plain) else plain


def in_words(culprit: str) -> str:
    """A culprit, such as ``shop.Cart in pay``, without generated parts."""
    where, word, function = culprit[: 2 * _LONGEST].rpartition(" in ")
    return without_generated_parts(where) + word + without_generated_parts(function)


def is_nameless(name: str) -> bool:
    """Whether `name` is a placeholder for a function without a name."""
    return not name or name.lower() in _NO_NAME or is_top_level(name)


def is_top_level(name: str) -> bool:
    """Whether `name` stands for code outside any function, which runs when its file is loaded."""
    return name in _TOP_LEVEL


@lru_cache(maxsize=4_096)
def type_name(kind: str) -> str:
    """An exception's type without generated parts."""
    return without_generators_parts(kind[:_LONGEST])


def _in_javascript(name: str) -> str:
    """The name as all browsers would write it. Firefox ends names of nameless functions in "<": "save/<"."""
    name = _ALIAS.sub("", _PREFIX.sub("", name))
    if name.endswith("<") or _MODULE_BODY.match(name) or _EVAL.match(name):
        return ""
    return _OWNER.sub("", name)


def _without_build(name: str) -> str:
    if "." not in name and "-" not in name:
        return name
    short = _BUILT.sub("", name)
    chunk = _CHUNK.match(short)
    if chunk is not None:
        short = "(chunk)" + short[chunk.end() :]
    short = _MIXED.sub(_unless_word, _HEX.sub("", short))
    return _DOTTED_NUMBER.sub("", short)


def _unless_word(match: re.Match[str]) -> str:
    """Remove a hash, but no word: those of eight (Vite) or twenty (webpack) signs mix cases and digits."""
    part = match[1]
    is_word = part.islower() or (_CAMEL.fullmatch(part) is not None and _capitals(part) <= len(part) // 4)
    if part.islower() and any(sign.isdigit() for sign in part):
        is_word = re.fullmatch(r"[a-z-]+\d{1,3}", part) is not None
    return match[0] if is_word else ""


def _capitals(part: str) -> int:
    return sum(1 for sign in part if sign.isupper())
