"""Names that compilers and libraries make up, told by how each platform makes them.

One row a generator: what it writes, and what stays of it. Where only digits would tell one name from another,
more than the digits has to show that nobody wrote it: `step_1` and `step_2` are two functions.
"""

import re
from functools import lru_cache

_GENERATORS = (
    # PHP
    (r"class@anonymous[^:]*(?::\d+\$\w+)?", "class@anonymous"),
    (r"\{closure:[^}]*\}", "{closure}"),
    (r"(?<=\w)__CG__|Proxies\\__CG__\\", ""),
    # .NET: closures, async state machines, local functions, generics
    (r"[.+]?<>c(?:__DisplayClass[\d_]+)?(?:<[^>]*>)?", ""),
    (r"<(\w*)>[bcdm]__[\w|]*", r"\1"),
    (r"<(\w*)>g__(\w+)\|[\w]*", r"\1 \2"),
    (r"`\d+|(?<=\w)\[\[?[\w., =]+\]?\]", ""),
    # Java, Kotlin, Scala, Clojure: lambdas, proxies, subclasses made at run time
    (r"lambda\$([^$]*)\$[\w$]*", r"lambda \1"),
    (r"\$\$(?:Lambda|FastClass|Enhancer|Spring|Hibernate|Proxy|KeyFactory|Javassist)[\w$/]*", ""),
    (r"_\$\$_[\w$]*", ""),
    (r"\$(?:HibernateProxy|HibernateBasicProxy|MockitoMock|ByteBuddy|Subclass)[\w$]*", ""),
    (r"(?:[\w.]*\.)?\$Proxy\d+", "<proxy>"),
    (r"Generated(?:Method|Constructor|SerializationConstructor)Accessor\d+", "<accessor>"),
    (r"(?:\$(?:(?:anonfun|anon|fn|eval|reify|iter|adapted)\d*|\d+))+(?:\$?__?\d+)*(?:\$\d+)*", "$"),
    # Python
    (r"\.?<locals>\.?", "."),
    # Ruby and its templates
    (r"^(?:(?:rescue|ensure|block(?: \(\d+ levels\))?) in )+", ""),
    (r"^(_app_\w+?_(?:erb|haml|slim|builder|ruby|jbuilder))_+\d+_\d+$", r"\1"),
    (r"___+\d+(?:_\d+)*", ""),
    # Rust, Go, Swift, Objective-C, C++, Dart, Elixir, Lua
    (r"::h[0-9a-f]{16}$", ""),
    (r"\{\{closure\}\}(?:#\d+)?|\{closure#\d+\}|\{closure_env#\d+\}", "{closure}"),
    (r"(?:\.(?:func|gowrap|deferwrap)\d+|\.\d+(?=\.|$))+", ".func"),
    (r"-(?:fm|range\d+)$", ""),
    (r"^__\d+(?=[-+]\[)", ""),
    (r"_block_invoke_\d+", "_block_invoke"),
    (r"\{lambda\([^)]*\)#\d+\}", "{lambda}"),
    (r"(?<=\w)@\d{4,}", ""),
    (r"(function <[^>]*):\d+>", r"\1>"),
)
_NUMBERS = (
    # Addresses, numbers behind a word for what has no name, and numbers too long for a person.
    (r"_?0x[0-9a-fA-F]+", ""),
    (
        r"(?<![a-zA-Z])((?i:lambda|closure|anonymous|anon|eval|block|proxy|thunk|func|fun|fn)) ?[_$#-]?\d+\b",
        r"\1",
    ),
    (r"(?<=[A-Za-z_$])[_$-]?\d{6,}(?![A-Za-z\d])", ""),
    (r"(?<=[A-Za-z])_(?=[a-f]*\d)[0-9a-f]{8,}(?![A-Za-z\d])", ""),
)
_OF_GENERATORS = tuple((re.compile(pattern), stays) for pattern, stays in _GENERATORS)
_OF_ANYBODY = tuple((re.compile(pattern), stays) for pattern, stays in _NUMBERS)
_SUSPECT = re.compile(r"[\d$<{`@\[]|block|rescue|ensure|__|-fm$")


@lru_cache(maxsize=16_384)
def without_generated_parts(name: str) -> str:
    """`name` as it would be called if it had been generated another time."""
    if not _SUSPECT.search(name):
        return name
    return _sub(_sub(name, _OF_GENERATORS), _OF_ANYBODY)


@lru_cache(maxsize=4_096)
def without_generators_parts(name: str) -> str:
    """The same for what may have a number by intent, as types have: `ORA00942` and `ORA01017` are two."""
    return _sub(name, _OF_GENERATORS) if _SUSPECT.search(name) else name


def _sub(name: str, rows: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, stays in rows:
        name = pattern.sub(stays, name)
    return name
