"""Removes the generated parts of names that compilers and libraries make up, by patterns of each platform.

Each row has a substring that all names of a generator contain, the pattern, and its replacement. If two names
differ only in digits, something else must show that they are generated: `step_1` and `step_2` are two
functions.
"""

import re
from functools import lru_cache

_GENERATORS = (
    # PHP. A class name includes the namespace, so a closure's own namespace is redundant.
    ("@anonymous", r"(?<=\w)@anonymous(?:[\x00 ]*(?:[A-Za-z]:)?[^:]*(?::\d+\$\w+)?)", "@anonymous"),
    ("{closure:", r"\{closure:[^}]*\}", "{closure}"),
    ("{closure}", r"(?<=::|->)(?:\w+\\)+\{closure\}", "{closure}"),
    ("Container", r"\bContainer(?![A-Z]?[a-z]+\\)\w{7}(?=\\)", "Container"),
    ("__CG__", r"(?<=\w)__CG__|Proxies\\__CG__\\", ""),
    # .NET: closures, async state machines, local functions, generics
    ("AnonymousType", r"<>f__AnonymousType\d+|VB\$AnonymousType_\d+", "<anonymous type>"),
    ("lambda_method", r"^lambda_method\d+", "lambda_method"),
    ("<>c", r"[.+]?<>c(?:__DisplayClass[\d_]+)?(?:<[^>]*>)?", ""),
    (">d", r"<(<\w*>[\w$|]*)>d(?:__\w*)?", r"\1"),
    ("__", r"<([\w$]*)>[bcdmn]__[\d_|#]*", r"\1"),
    (">g__", r"<(\w*)>g__(\w+)\|[\d_#]*", r"\1 \2"),
    ("`", r"`\d+", ""),
    ("[", r"(?<=\w)\[\[?[\w., =]+\]?\]", ""),
    # Java, Kotlin, Scala, Clojure, Groovy: lambdas, proxies, subclasses made at run time
    ("lambda$", r"lambda\$([^$]*)(?:\$(?:\d+|lambda|null))+(?:\$[\w-]+)?", r"lambda \1"),
    ("$$", r"\$\$(?:Lambda|FastClass|Enhancer|Spring|Hibernate|Proxy|KeyFactory|Javassist)[\w$/-]*", ""),
    ("$$", r"\$\$(?:\w+Synthetic|\$view|Owb)[\w$]*", ""),
    ("$$_", r"_\$\$_[\w$]*|\$\$_(?:javassist|jvst)[\w$]*", ""),
    ("$r8$lambda$", r"(?<=\$r8\$lambda\$)[\w-]+", ""),
    ("_aroundBody", r"(?<=_aroundBody)\d+", ""),
    ("$AjcClosure", r"(?<=\$AjcClosure)\d+", ""),
    ("$G__", r"(?<=\$G__)\d+", ""),
    ("CodegenStage", r"(?<=GeneratedIteratorForCodegenStage)\d+", ""),
    ("Script", r"^Script\d+(?=$|\$)", "Script"),
    (
        "$",
        r"\$(?:HibernateProxy|HibernateBasicProxy|MockitoMock|ByteBuddy|Subclass|auxiliary)[\w$]*",
        "",
    ),
    ("$Proxy", r"(?:[\w.]*\.)?\$Proxy\d+", "<proxy>"),
    ("Accessor", r"Generated(?:Method|Constructor|SerializationConstructor)Accessor\d+", "<accessor>"),
    (
        "$",
        r"(?:\$(?:(?:anonfun|anon|fn|eval|reify|iter|adapted)\d*|\d+))+(?:\$?__?\d+)*(?:\$\d+)*",
        "$",
    ),
    # Python
    ("<locals>", r"\.?<locals>\.?", "."),
    # Ruby and its templates
    (" in ", r"^(?:(?:rescue|ensure|block(?: \(\d+ levels\))?) in )+", ""),
    ("_", r"(_(?:erb|haml|slim|builder|ruby|jbuilder))_+\d+_\d+$", r"\1"),
    ("_app_views_", r"^_\w*?(?=_app_views_)", ""),
    ("___", r"___+\d+(?:_\d+)*", ""),
    ("__tilt_", r"(?<=__tilt)_\d+", ""),
    # Swift, Objective-C
    (
        " ",
        (
            r"^(?:(?:generic |function signature )?speciali[sz](?:ed|ation <.*> of) |merged |@(?:non)?objc "
            r"|partial apply (?:forwarder )?for |dispatch thunk of "
            r"|\(\d+\) (?:await|suspend) resume partial function for )+"
        ),
        "",
    ),
    ("block_invoke", r"(?<=block_invoke)[_.]\d+(?:\.\d+)?", ""),
    ("__", r"^__\d+(?=[-+]\[)", ""),
    ("__hidden#", r"(?<=^__hidden#)\d+", ""),
    ("___lldb_", r"(?<=^___lldb_unnamed_symbol)\d+", ""),
    # C++, and what disassemblers make up
    ("std::__", r"std::__\w+::", "std::"),
    ("std::allocator", r", ?std::allocator<[^<>]*(?:<[^<>]*>)?[^<>]*> ?(?=>)", ""),
    ("anonymous", r"`anonymous[ -]namespace'|\{anonymous\}(?=::)", "(anonymous namespace)"),
    ("::$_", r"(?<=::)\$_\d+", "{lambda}"),
    (" ", r" [\[(](?:clone )?\.[^\])]*[\])]", ""),
    (".", r"\.(?:isra|constprop|part|lto_priv|llvm)(?:\.\d+)+$|\.cold(?:\.\d+)*$", ""),
    ("{lambda(", r"\{lambda\([^)]*\)#\d+\}", "{lambda}"),
    ("_", r"(?<=^sub_)[0-9A-F]{4,}$|(?<=^FUN_)[0-9a-f]{6,}$", ""),
    (" + ", r"(?<=\S) \+ (?:0x)?[0-9a-fA-F]+$", ""),
    # Rust, Go, Dart, Elixir
    ("h", r"::h[0-9a-f]{16}$|17h[0-9a-f]{16}(?=E)", ""),
    ("{{closure}}", r"\{\{closure\}\}(?:#\d+)?", "{closure}"),
    ("{closure", r"\{closure#\d+\}|\{closure_env#\d+\}", "{closure}"),
    (".", r"(?:\.(?:func|gowrap|deferwrap)\d+|\.\d+(?=\.|$))+", ".func"),
    ("-", r"-(?:fm|range\d+)$", ""),
    ("<", r"<(?:fn|anonymous closure)>", "<closure>"),
    ("-", r"-\d+-(?=\"/|$)", ""),
    # JavaScript: what compilers make of async functions, and Parcel of modules
    ("_callee", r"^(_callee)\d*\$?$", r"\1"),
    ("$", r"\$(?=[a-f]*\d)[0-9a-f]{6,}(?=\$|$)", "$"),
    # Objects, and places in the code: Perl, Lua, Crystal
    ("@", r"(?<=\w)@(?:\d{4,}|(?=[a-f]*\d)[0-9a-f]{6,})\b", ""),
    ("__ANON__[", r"(?<=__ANON__)\[[^\]]*\]", ""),
    (":", r"(\.\w{1,4}):\d+(?::\d+)?(?=$|>)", r"\1"),
)
_NUMBERS = (
    # Addresses, numbers after a word for the nameless, and numbers too long to be written by a person.
    ("0x", r"_?0x[0-9a-fA-F]+", ""),
    (
        "",
        r"(?<![a-zA-Z])((?i:lambda|closure|anon(?:ymous)?|eval|block|proxy|thunk|func?|fn)) ?[_$#-]?_?\d+\b",
        r"\1",
    ),
    ("", r"(?<=[A-Za-z_$])(?:[_$-]?\d{6,}|_\d{5})(?![A-Za-z\d])", ""),
    ("_", r"(?<=[A-Za-z])_(?=[a-f]*\d[0-9a-f]*\d)[0-9a-f]{6,}(?![A-Za-z\d])", ""),
)
_OF_GENERATORS = tuple((sign, re.compile(pattern), stays) for sign, pattern, stays in _GENERATORS)
_OF_ANYBODY = tuple((sign, re.compile(pattern), stays) for sign, pattern, stays in _NUMBERS)
_SUSPECT = re.compile(
    r"[\d$<{`@\[]|block|rescue|ensure|__|-fm$|\.(?:cold|isra|part)\)?$"
    r"|^(?:speciali|partial apply|merged|dispatch thunk)"
)


@lru_cache(maxsize=16_384)
def without_generated_parts(name: str) -> str:
    """`name` without the parts that change each time it is generated."""
    if not _SUSPECT.search(name):
        return name
    return _sub(_sub(name, _OF_GENERATORS), _OF_ANYBODY)


@lru_cache(maxsize=4_096)
def without_generators_parts(name: str) -> str:
    """As above, for names whose numbers may be intended, as types: `ORA00942` and `ORA01017` are two."""
    return _sub(name, _OF_GENERATORS) if _SUSPECT.search(name) else name


def _sub(name: str, rows: tuple[tuple[str, re.Pattern[str], str], ...]) -> str:
    for sign, pattern, stays in rows:
        if sign in name:
            name = pattern.sub(stays, name)
    return name
