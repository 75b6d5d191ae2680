"""Names that compilers and libraries make up, told by how each platform makes them.

One row a generator: what it writes, and what stays of it. Where only digits would tell one name from another,
more than the digits has to show that nobody wrote it: `step_1` and `step_2` are two functions.
"""

import re
from functools import lru_cache

_GENERATORS = (
    # PHP
    (r"(?<=\w)@anonymous(?:[\x00 ]*(?:[A-Za-z]:)?[^:]*(?::\d+\$\w+)?)", "@anonymous"),
    (r"\{closure:[^}]*\}", "{closure}"),
    (r"(?<=::|->)(?:\w+\\)+\{closure\}", "{closure}"),  # a class names its namespace already
    (r"\bContainer(?![A-Z]?[a-z]+\\)\w{7}(?=\\)", "Container"),
    (r"(?<=\w)__CG__|Proxies\\__CG__\\", ""),
    # .NET: closures, async state machines, local functions, generics
    (r"<>f__AnonymousType\d+|VB\$AnonymousType_\d+", "<anonymous type>"),
    (r"^lambda_method\d+", "lambda_method"),
    (r"[.+]?<>c(?:__DisplayClass[\d_]+)?(?:<[^>]*>)?", ""),
    (r"<(<\w*>[\w$|]*)>d(?:__\w*)?", r"\1"),
    (r"<([\w$]*)>[bcdmn]__[\d_|#]*", r"\1"),
    (r"<(\w*)>g__(\w+)\|[\d_#]*", r"\1 \2"),
    (r"`\d+|(?<=\w)\[\[?[\w., =]+\]?\]", ""),
    # Java, Kotlin, Scala, Clojure: lambdas, proxies, subclasses made at run time
    (r"lambda\$([^$]*)(?:\$(?:\d+|lambda|null))+(?:\$[\w-]+)?", r"lambda \1"),
    (r"\$\$(?:Lambda|FastClass|Enhancer|Spring|Hibernate|Proxy|KeyFactory|Javassist)[\w$/-]*", ""),
    (r"\$\$(?:\w+Synthetic|\$view|Owb)[\w$]*", ""),
    (r"_\$\$_[\w$]*|\$\$_(?:javassist|jvst)[\w$]*", ""),
    (r"(?<=\$r8\$lambda\$)[\w-]+|(?<=_aroundBody)\d+|(?<=\$AjcClosure)\d+|(?<=\$G__)\d+", ""),
    (r"(?<=GeneratedIteratorForCodegenStage)\d+", ""),
    (r"^Script\d+(?=$|\$)", "Script"),
    (r"\$(?:HibernateProxy|HibernateBasicProxy|MockitoMock|ByteBuddy|Subclass|auxiliary)[\w$]*", ""),
    (r"(?:[\w.]*\.)?\$Proxy\d+", "<proxy>"),
    (r"Generated(?:Method|Constructor|SerializationConstructor)Accessor\d+", "<accessor>"),
    (r"(?:\$(?:(?:anonfun|anon|fn|eval|reify|iter|adapted)\d*|\d+))+(?:\$?__?\d+)*(?:\$\d+)*", "$"),
    # Python
    (r"\.?<locals>\.?", "."),
    # Ruby and its templates
    (r"^(?:(?:rescue|ensure|block(?: \(\d+ levels\))?) in )+", ""),
    (r"(_(?:erb|haml|slim|builder|ruby|jbuilder))_+\d+_\d+$", r"\1"),
    (r"^_\w*?(?=_app_views_)", ""),
    (r"___+\d+(?:_\d+)*|(?<=__tilt)_\d+", ""),
    # Rust, Go, Swift, Objective-C, C++, Dart, Elixir, Lua
    (
        (  # Swift
            r"^(?:(?:generic |function signature )?speciali[sz](?:ed|ation <.*> of) |merged |@(?:non)?objc "
            r"|partial apply (?:forwarder )?for |dispatch thunk of "
            r"|\(\d+\) (?:await|suspend) resume partial function for )+"
        ),
        "",
    ),
    (r"std::__(?:\w+)::", "std::"),
    (r", ?std::allocator<[^<>]*(?:<[^<>]*>)?[^<>]*> ?(?=>)", ""),
    (r"`anonymous namespace'|`anonymous-namespace'|\{anonymous\}(?=::)", "(anonymous namespace)"),
    (r"(?<=::)\$_\d+", "{lambda}"),
    (r" [\[(](?:clone )?\.[^\])]*[\])]", ""),
    (r"\.(?:isra|constprop|part|lto_priv|llvm)(?:\.\d+)+$|\.cold(?:\.\d+)*$", ""),
    (r"<(?:fn|anonymous closure)>", "<closure>"),
    # JavaScript: what compilers make of async functions, and Parcel of modules
    (r"^(_callee)\d*\$?$", r"\1"),
    (r"\$(?=[a-f]*\d)[0-9a-f]{6,}(?=\$|$)", "$"),
    (r"::h[0-9a-f]{16}$|17h[0-9a-f]{16}(?=E)", ""),
    (r"\{\{closure\}\}(?:#\d+)?|\{closure#\d+\}|\{closure_env#\d+\}", "{closure}"),
    (r"(?<=block_invoke)[_.]\d+(?:\.\d+)?", ""),
    (r"(?:\.(?:func|gowrap|deferwrap)\d+|\.\d+(?=\.|$))+", ".func"),
    (r"-(?:fm|range\d+)$", ""),
    (r"^__\d+(?=[-+]\[)", ""),
    (
        r"(?<=^__hidden#)\d+|(?<=^___lldb_unnamed_symbol)\d+|(?<=^sub_)[0-9A-F]{4,}$|(?<=^FUN_)[0-9a-f]{6,}$",
        "",
    ),
    (r"(?<=\S) \+ (?:0x)?[0-9a-fA-F]+$", ""),
    (r"\{lambda\([^)]*\)#\d+\}", "{lambda}"),
    (r"(?<=\w)@(?:\d{4,}|(?=[a-f]*\d)[0-9a-f]{6,})\b", ""),
    (r"(?<=__ANON__)\[[^\]]*\]", ""),
    (r"-\d+-(?=\"/|$)", ""),
    (r"(\.\w{1,4}):\d+(?::\d+)?(?=$|>)", r"\1"),
)
_NUMBERS = (
    # Addresses, numbers behind a word for what has no name, and numbers too long for a person.
    (r"_?0x[0-9a-fA-F]+", ""),
    (
        r"(?<![a-zA-Z])((?i:lambda|closure|anon(?:ymous)?|eval|block|proxy|thunk|func?|fn)) ?[_$#-]?_?\d+\b",
        r"\1",
    ),
    (r"(?<=[A-Za-z_$])(?:[_$-]?\d{6,}|_\d{5})(?![A-Za-z\d])", ""),
    (r"(?<=[A-Za-z])_(?=[a-f]*\d[0-9a-f]*\d)[0-9a-f]{6,}(?![A-Za-z\d])", ""),
)
_OF_GENERATORS = tuple((re.compile(pattern), stays) for pattern, stays in _GENERATORS)
_OF_ANYBODY = tuple((re.compile(pattern), stays) for pattern, stays in _NUMBERS)
_SUSPECT = re.compile(
    r"[\d$<{`@\[]|block|rescue|ensure|__|-fm$|\.(?:cold|isra|part)\)?$"
    r"|^(?:speciali|partial apply|merged|dispatch thunk)"
)


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
