"""Functions' names as people write them, where compilers made others of them.

C++, Rust, Swift, D and Kotlin/Native are demangled by a library, in a process of its own. What the compilers
of C# and Kotlin make for the JVM no library reads: here are their few forms.
"""

import re
from collections.abc import Iterable

from app.model import Frame
from app.protocols.event import dotnet_names
from app.source.symbol_process import LONGEST_SYMBOL, SymbolProcess, shared

# Itanium C++ and Rust's older names, Rust's newer, Swift, MSVC, D, Kotlin/Native.
_MANGLED = re.compile(r"_{1,3}Z|_{1,2}R[A-Za-z]|_?\$[sS]|_T0|\?[\w?@$]|_D\d|_?kfun:")
# Kotlin's and javac's: lambdas, coroutines, default arguments, access from nested classes.
_JVM_LAMBDA = re.compile(r"(?:lambda\$(?P<java>[\w$]+?)\$\d+|(?P<kotlin>\w+)\$lambda(?:\$\d+|-\d+)+)")
_JVM_SYNTHETIC = re.compile(r"(?:access\$(?P<accessed>\w+)|(?P<function>\w+)\$(?:default|suspendImpl|impl))")
_JVM_CLOSURE = re.compile(r"(?P<owner>.*?)\$(?P<function>\w+)\$\d+(?:\$\w+)*")
_JVM = ("java", "kotlin", "android", "scala")
_LONGEST = 500


def readable(
    frames: Iterable[Frame], platform: str | None, process: SymbolProcess = shared
) -> dict[str, str]:
    """For the names of these frames' functions that a compiler made: what stands in the source.

    A key is the name as `key` gives it. Mangled ones are asked of a process.
    """
    found: dict[str, str] = {}
    mangled: list[str] = []
    for frame in frames:
        name = frame.function
        if not name or len(name) > LONGEST_SYMBOL:
            continue
        if _MANGLED.match(name):
            mangled.append(name)
        elif len(name) <= _LONGEST and (written := _written(frame, platform)) is not None:
            found[key(frame)] = written
    if mangled:
        found |= process.demangle(mangled)
    return found


def key(frame: Frame) -> str:
    """What the readable name depends on: of some, on the class as well."""
    name = frame.function or ""
    return name if _MANGLED.match(name) else f"{frame.module or ''}\0{name}"


def _written(frame: Frame, platform: str | None) -> str | None:
    name = frame.function or ""
    if "<" in name or name == "MoveNext":
        return csharp(frame.module, name)
    if "$" in name or name == "invokeSuspend":
        is_jvm = (platform or "").startswith(_JVM) or (frame.filename or "").endswith((".kt", ".java"))
        return jvm(frame.module, name) if is_jvm else None
    return None


def csharp(module: str | None, name: str) -> str | None:
    """`Shop.<Pay>d__0.MoveNext` is `Shop.Pay`, `<>c.<Pay>b__1_0` is `Pay { <lambda> }`; None for another."""
    _module, function = dotnet_names.demangled(module, name)
    return function if function != name else dotnet_names.top_level(name)


def jvm(module: str | None, name: str) -> str | None:
    """`lambda$pay$0` and `pay$lambda$0` are `pay { <lambda> }`, `pay$default` is `pay`; None for another."""
    if found := _JVM_LAMBDA.fullmatch(name):
        return f"{(found['java'] or found['kotlin']).replace('$', '.')} {{ <lambda> }}"
    if found := _JVM_SYNTHETIC.fullmatch(name):
        return found["accessed"] or found["function"]
    if (
        name == "invokeSuspend"
        and module is not None
        and (found := _JVM_CLOSURE.fullmatch(module[-_LONGEST:]))
    ):
        return f"{found['function']} {{ <suspend> }}"
    return None
