"""A line of a stack trace, or all of one, pasted as a search: it is found by its file and its function.

The number of the line is left out: the same call stood elsewhere before the last change. Of a whole trace it
is the call that failed, and the type of the error.
"""

import re

from app.query.syntax import All, Node, Term

_FORMS = tuple(
    re.compile(form)
    for form in (
        # Python, and Python in the window's own words.
        r'File "(?P<file>[^"]+)", line \d+(?:, in (?P<function>.+))?',
        r"(?P<file>\S+\.\w{1,8}):\d+(?::\d+)? in (?P<function>.+)",
        # Compilers, linters and terminals; a name alone is text, which finds the line, too.
        r"(?P<file>(?:\w:)?[^\s@:]*[/\\][^\s@:]*\.\w{1,8})(?::\d+){1,2}:?",
        # JavaScript.
        r"at (?:async )?(?P<function>[^()]+) \((?P<file>[^()]+?)(?::\d+){1,2}\)",
        r"at (?P<file>\S+?)(?::\d+){1,2}",
        r"(?P<function>[\w.$<>/]*)@(?P<file>\S+?)(?::\d+){1,2}",
        # Java, Kotlin, Scala.
        r"at [\w.$]*?(?P<function>[\w$<>]+)\((?P<file>[\w.$-]+?)(?::\d+)?\)",
        # C#.
        r"at [\w.`<>]*?(?P<function>[\w`<>]+)\([^()]*\)(?: in (?P<file>.+?):line \d+)?",
        # Ruby.
        r"(?:from )?(?P<file>\S+?):\d+:in [`'](?P<function>[^`']+)'",
        # PHP.
        r"#\d+ (?P<file>\S+?)\(\d+\): (?P<function>[^()]+)\(.*\)",
    )
)
# In `Foo::Bar#baz (in block)` and the like, what stands around the name.
_AROUND = re.compile(r"\([^()]*\)?$|^(?:block|rescue|ensure) (?:\(.*?\) )?in ")
_LONGEST = 500
_MOST_LINES = 500
_PYTHON = 'File "'
# A type with its message, as traces print it.
_HEADLINE = re.compile(
    r'(?:Uncaught |Caused by: |Exception in thread "[^"]*" )?(?P<type>[A-Za-z_$][\w.$:]*?)(?::(?: .*)?)?'
)


def parse(text: str) -> Node | None:
    """What finds the call, or None where the text is no stack trace nor a line of one."""
    lines = [each.strip() for each in text.splitlines()[:_MOST_LINES] if each.strip()]
    if len(lines) < 2:
        return None if not lines else _call(lines[0])
    calls = {place: call for place, line in enumerate(lines) if (call := _call(line)) is not None}
    if not calls:
        return None
    # Python prints the call that failed last, and the error below it; others print the error first.
    is_python = lines[min(calls)].startswith(_PYTHON)
    failed = max(calls) if is_python else min(calls)
    headlines = lines[failed + 1 :][::-1] if is_python else lines[:failed][::-1]
    found = next((each for line in headlines if (each := _HEADLINE.fullmatch(line)) is not None), None)
    return calls[failed] if found is None else All((calls[failed], _term(found["type"], text.strip())))


def _call(line: str) -> Node | None:
    """What finds the call in a line."""
    if len(line) > _LONGEST:
        return None
    for form in _FORMS:
        found = form.fullmatch(line)
        if found is not None:
            parts = found.groupdict()
            known = (parts["file"], parts.get("function"))
            terms = [_term(part, line) for part in known if part]
            return terms[0] if len(terms) == 1 else All(tuple(terms))
    return None


def _term(part: str, line: str) -> Term:
    value = _AROUND.sub("", part).strip() or part
    start = line.find(value)
    return Term(key="", value=value, is_quoted=True, start=start, end=start + len(value))
