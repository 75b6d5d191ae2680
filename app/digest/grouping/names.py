"""What a place in the code is called, whoever tells it: without what machines put into names.

Compilers, bundlers and proxies number what has no name of its own (`lambda$save$0`, `$Proxy12`,
`app.3f9c1a.js`), browsers decorate names each in their own way, and folders differ from host to host.
"""

import re
from functools import lru_cache

_LONGEST = 500

# A build's hash in a file's name: "app.3f2a1b9c.js", "main-BxK29dQa.js", "chunk.12.js", "vendors~main.js".
_BUILD = re.compile(
    r"""
      [.~_-](?:[0-9a-f]{6,}|(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{8,}|\d+)(?=\.|$)
    | [.-](?:min|bundle|chunk|prod|production|dev|development|esm|cjs|umd)(?=\.|$)
    """,
    re.VERBOSE,
)
_NO_NAME = frozenset(
    "? <anonymous> anonymous (anonymous) <unknown> unknown <lambda> lambda <module> {main} <main> <toplevel> "
    "{closure} {anonymous} undefined null".split()
) | {"global code", "eval code", "module code", "<top (required)>", "(anonymous function)"}
_JS_PREFIX = re.compile(r"^(?:async\s+)?(?:new\s+)?(?:async\*)?")
_JS_AS = re.compile(r"\s*\[as [^\]]*\]")
# Firefox: "save/<", "save/this.x<".
_GECKO = re.compile(r"(?:/[^/<]*<?)*<$")
_JS_OWNER = re.compile(r"^(?:[\w$<>]+\.)+(?=[\w$]+$)")

# What generators number, on every platform: (pattern, what stays).
_GENERATED = (
    # .NET
    (re.compile(r"<(\w*)>[bcdgm]__[\w|]*(?:DisplayClass[\d_]+)?"), r"\1"),
    (re.compile(r"<>c__DisplayClass[\d_]+(?:<[^>]*>)?|<>c\b"), ""),
    (re.compile(r"`\d+|\[\[?[\w., =]+\]?\]$"), ""),
    # Java, Kotlin, Scala, Clojure
    (re.compile(r"lambda\$([^$]*)\$[\w$]*"), r"lambda \1"),
    (re.compile(r"\$\$(?:Lambda|FastClass|Enhancer|Spring|Hibernate|jvst|Proxy|KeyFactory)[\w$/]*"), ""),
    (re.compile(r"_\$\$_[\w$]*"), ""),
    (re.compile(r"\$HibernateProxy[\w$]*|\$MockitoMock[\w$]*|\$ByteBuddy[\w$]*|_jvst[\w]*"), ""),
    (re.compile(r"(?:com\.sun\.proxy|jdk\.proxy\d*|sun\.proxy)?\.?\$Proxy\d+"), "<proxy>"),
    (re.compile(r"GeneratedMethodAccessor\d+|GeneratedConstructorAccessor\d+|NativeMethodAccessorImpl"), "<accessor>"),
    (re.compile(r"(?:\$(?:anonfun|anon|fn|eval|reify|iter|adapted|\d+))+(?:\$?__?\d+)*(?:\$[\d]+)*"), "$"),
    (re.compile(r"(?<=[\w\]])(?:__|--)\d+"), ""),
    # Python, Ruby, PHP, Go, Rust
    (re.compile(r"\.?<locals>\.?"), "."),
    (re.compile(r"^(?:rescue|ensure|block(?: \(\d+ levels\))?) in "), ""),
    (re.compile(r"^_app_views_(\w+?)_+\d+_\d+$"), r"_app_views_\1"),
    (re.compile(r"___+\d+(?:_\d+)*"), ""),
    (re.compile(r"class@anonymous.*", re.DOTALL), "class@anonymous"),
    (re.compile(r"\{closure(?::[^}]*)?\}"), "{closure}"),
    (re.compile(r"\{\{closure\}\}(?:#\d+)?|::\{closure#\d+\}"), "{closure}"),
    (re.compile(r"::h[0-9a-f]{16}$"), ""),
    (re.compile(r"\.func\d+(?:\.\d+)*|\.gowrap\d+|\.init\.\d+"), ".func"),
    # anybody: addresses and long numbers
    (re.compile(r"_?0x[0-9a-fA-F]+"), ""),
    (re.compile(r"(?<=[A-Za-z_$])(?:[_$]?\d{3,}|[_$]\d+)+\b"), ""),
)
_SUSPECT = re.compile(r"[\d$<{`@]|lambda|block|rescue|ensure|__")


@lru_cache(maxsize=16_384)
def file_name(path: str) -> str:
    """The last part of a path or URL, without query and without what a build put into it."""
    name = re.split(r"[?#]", path[-_LONGEST:], maxsplit=1)[0].rstrip("/\\")
    name = name.replace("\\", "/").rpartition("/")[2]
    short = _BUILD.sub("", name)
    return short if short.strip(".") else name or path


@lru_cache(maxsize=16_384)
def module_name(module: str, platform: str | None) -> str:
    """A module without generated parts; for browsers and Node the last part of it, as a file's name."""
    if platform in ("javascript", "node"):
        return file_name(module).removesuffix(".js")
    return _plain(module)


@lru_cache(maxsize=16_384)
def function_name(function: str, platform: str | None) -> str:
    """A function's own name; empty when it has none."""
    name = function[:_LONGEST].strip()
    if platform in ("javascript", "node", None) and (platform or "." in name or "/" in name):
        name = _GECKO.sub("", _JS_AS.sub("", _JS_PREFIX.sub("", name)))
        name = _JS_OWNER.sub("", name) if platform else name
    if name.lower() in _NO_NAME:
        return ""
    plain = _plain(name)
    return "" if plain.lower() in _NO_NAME else plain.strip(".$ ")


@lru_cache(maxsize=4_096)
def type_name(kind: str) -> str:
    """An exception's type without generated parts."""
    return _plain(kind)


def _plain(name: str) -> str:
    text = name[:_LONGEST]
    if not _SUSPECT.search(text):
        return text
    for pattern, stays in _GENERATED:
        text = pattern.sub(stays, text)
    return text
