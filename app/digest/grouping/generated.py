"""Names that compilers and libraries make up, told by how each platform makes them.

One row a generator: what it writes, and what stays of it. Where only digits would tell one name from another,
more than the digits has to show that nobody wrote it: `step_1` and `step_2` are two functions.
"""

import re
from functools import lru_cache

_ROWS = (
    # .NET: closures, async state machines, local functions, generics
    (r"<(\w*)>[bcdm]__[\w|]*", r"\1"),
    (r"<(\w*)>g__(\w+)\|[\w]*", r"\1 \2"),
    (r"[.+]?<>c(?:__DisplayClass[\d_]+)?(?:<[^>]*>)?", ""),
    (r"`\d+|(?<=\w)\[\[?[\w., =]+\]?\]", ""),
    # Java, Kotlin, Scala: lambdas, proxies, subclasses made at run time
    (r"lambda\$([^$]*)\$[\w$]*", r"lambda \1"),
    (r"\$\$(?:Lambda|FastClass|Enhancer|Spring|Hibernate|Proxy|KeyFactory|Javassist)[\w$/]*", ""),
    (r"_\$\$_[\w$]*", ""),
    (r"\$(?:HibernateProxy|HibernateBasicProxy|MockitoMock|ByteBuddy|Subclass)[\w$]*", ""),
    (r"(?:[\w.]*\.)?\$Proxy\d+", "<proxy>"),
    (r"Generated(?:Method|Constructor|SerializationConstructor)Accessor\d+", "<accessor>"),
    (r"(?<=\w)-\w{8}-\w{4}-\w{4}-\w{4}-\w{12}", ""),
    (r"(?:\$(?:anonfun|anon|fn|eval|reify|iter|adapted|\d+))+(?:\$?__?\d+)*(?:\$\d+)*", "$"),
    (r"(?<=[\w\]])__\d+", ""),
    # Python
    (r"\.?<locals>\.?", "."),
    # Ruby and its templates
    (r"^(?:(?:rescue|ensure|block(?: \(\d+ levels\))?) in )+", ""),
    (r"^(_app_\w+?_(?:erb|haml|slim|builder|ruby))_+\d+_\d+$", r"\1"),
    (r"___+\d+(?:_\d+)*", ""),
    # PHP
    (r"class@anonymous[^:]*(?:[:]\d+\$\w+)?", "class@anonymous"),
    (r"\{closure:[^}]*\}", "{closure}"),
    (r"(?<=\w)__CG__|Proxies\\__CG__\\", ""),
    # Rust and Go
    (r"::h[0-9a-f]{16}$", ""),
    (r"\{\{closure\}\}(?:#\d+)?|\{closure#\d+\}|\{closure_env#\d+\}", "{closure}"),
    (r"(?<=\w)\[[0-9a-f]{8,}\]", ""),
    (r"(?:\.(?:func|gowrap|deferwrap)\d+|\.\d+(?=\.|$))+", ".func"),
    (r"-(?:fm|range\d+)$", ""),
    # Anybody: addresses, numbers behind a word for what has no name, and numbers too long for a person
    (r"_?0x[0-9a-fA-F]+", ""),
    (r"(?<![a-z])((?i:lambda|closure|anonymous|anon|eval|block|proxy|thunk|func|fn))[_$#-]?\d+\b", r"\1"),
    (r"(?<=[A-Za-z_$])[_$-]?\d{4,}(?![A-Za-z\d])", ""),
    (r"(?<=[A-Za-z])_(?=[a-f]*\d)[0-9a-f]{8,}(?![A-Za-z\d])", ""),
)
_GENERATED = tuple((re.compile(pattern), stays) for pattern, stays in _ROWS)
_SUSPECT = re.compile(r"[\d$<{`@\[]|block|rescue|ensure|__")


@lru_cache(maxsize=16_384)
def without_generated_parts(name: str) -> str:
    """`name` as it would be called if it had been generated another time."""
    if not _SUSPECT.search(name):
        return name
    for pattern, stays in _GENERATED:
        name = pattern.sub(stays, name)
    return name
