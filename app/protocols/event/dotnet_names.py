"""Names that the compilers of .NET make, as the names that stand in the source.

An async method or an iterator becomes the class of a state machine (`Printer+<UpdateAsync>d__24`, whose
`MoveNext` runs), a lambda the method of a closure (`<>c__DisplayClass3_0`, `<Send>b__0`), a local function
`<Send>g__Retry|3_0`. Their numbers change with every build. See GeneratedNames.cs of Roslyn.
"""

import re

_LONGEST = 500
_OWNER = r"(?:(?P<owner>.*)[.+/])?"
_MACHINE = re.compile(
    _OWNER + r"(?:<(?P<inner>[^<>]+|<[^<>]*>[\w|$]+)>[cd](?:__\w+)?|VB\$StateMachine_\d+_(?P<basic>\w+))"
    r"(?:`\d+)?(?:\[.*\])?"
)
_CLOSURE = re.compile(_OWNER + r"<(?P<function>[^<>]+)>(?:[bm]__\w+|g__(?P<local>\w+)\|\w+)")
_TOP_LEVEL = re.compile(_OWNER + r"<(?P<function>\w+)>\$")
_CLOSURE_CLASS = re.compile(r"(?:^|[.+/])<>c(?:__DisplayClass\w+|__\d+)?(?:`\d+)?$")
_ARGUMENTS = re.compile(r"\([^()]*\)$")
_LAST = re.compile(r"[.+/:]+MoveNext$")


def demangled(module: str | None, function: str | None) -> tuple[str | None, str | None]:
    """Class and method as the source calls them; unchanged where no compiler made the name.

    `function` may be named with its class and its arguments, as Bugsnag and Rollbar send it, and stays so.
    """
    if not function or ("<" not in function and "MoveNext" not in function) or len(function) > _LONGEST:
        return module, function
    arguments = _ARGUMENTS.search(function)
    end = "" if arguments is None else arguments[0]
    name = function.removesuffix(end)
    if name == "MoveNext":
        machine = _MACHINE.fullmatch(module) if module and len(module) <= _LONGEST else None
        if machine is None:
            return module, function
        return _outside(machine["owner"]) or None, _of_machine(machine) + end
    last = _LAST.search(name)
    if last is not None:
        machine = _MACHINE.fullmatch(name, 0, last.start())
        return (
            (module, function) if machine is None else (module, _owned(machine, _of_machine(machine)) + end)
        )
    closure = _CLOSURE.fullmatch(name)
    if closure is None:
        return module, function
    return _outside(module) or None, _owned(closure, _of_closure(closure)) + end


def top_level(name: str) -> str | None:
    """`Program.<Main>$`, the statements outside any class, is `Program.Main`; None for another name."""
    found = _TOP_LEVEL.fullmatch(name) if len(name) <= _LONGEST else None
    return None if found is None else _owned(found, found["function"])


def _owned(match: re.Match[str], function: str) -> str:
    owner = _outside(match["owner"])
    return f"{owner}.{function}" if owner else function


def _outside(owner: str | None) -> str:
    """The class that a person wrote, without the one that holds what a lambda uses of its surroundings."""
    return _CLOSURE_CLASS.sub("", owner or "")


def _of_machine(match: re.Match[str]) -> str:
    """The method whose state machine it is, which may itself be a lambda or a local function."""
    inner: str = match["basic"] or match["inner"]
    closure = _CLOSURE.fullmatch(inner)
    if closure is not None:
        return _of_closure(closure)
    outside = _TOP_LEVEL.fullmatch(inner)
    return outside["function"] if outside is not None else inner


def _of_closure(match: re.Match[str]) -> str:
    return f"{match['function']} {{ {match['local'] or '<lambda>'} }}"
