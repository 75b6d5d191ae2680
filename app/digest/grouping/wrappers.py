"""Calls that are none of the app's own doing, though their place does not say so.

Frameworks and runtimes are recognised by their paths and modules (`app.protocols.event.in_app`). What is left
can't be: a bundler puts an SDK into the app's own file, so that only the function's name betrays it; browsers
list calls of their own built-ins, each of them other ones; and Python from 3.12 on makes no call of a
comprehension.
"""

import re

_WRAPPER = re.compile(
    r"""
      _*sentry_*wrapped_* | sentryWrapped | (?:Object\.)?withScope\d* | (?:func\.)?___hb
    | (?:\w+\.)*(?:AsyncContextStack|AsyncLocalStorage|Hub|Raven|Sentry|Bugsnag|Rollbar|Honeybadger|Raygun
      |Airbrake)\.[\w$]+
    | _?(?:bugsnag|rollbar|honeybadger|airbrake|raygun|elasticapm|newrelic|nr)_?[wW]rap(?:ped|per)?
    | (?:Native|Delegating|Generated)(?:Method|Constructor)Accessor\w*
    | (?:asyncGeneratorStep|_?asyncToGenerator|__awaiter|__generator)(?:\$\d+)?
    | <(?:list|set|dict)comp>
    """,
    re.VERBOSE,
)
_ACCESSOR = re.compile(
    r"(?:.*\.)?(?:Native|Delegating|Generated|Direct)\w*(?:Method|Constructor)\w*Accessor\w*"
)
_BUILT_IN = re.compile(r"<anonymous>|\[native code\]|native|\(?index \d+\)?|self-hosted")
# "setTimeout handler*later": Firefox goes on with who asked for the call, which no other browser knows.
_ASKED_FOR = re.compile(r"[\w.]+ (?:handler|callback)\*|EventListener\.handleEvent\*|EventHandlerNonNull\*")


def is_wrapper(function: str | None, module: str | None) -> bool:
    """Whether a call of that name only wraps the app's."""
    if module is not None and _ACCESSOR.fullmatch(module[:300]):
        return True
    return function is not None and _WRAPPER.fullmatch(function[:200]) is not None


def is_built_in(path: str | None) -> bool:
    """Whether a JavaScript call was none of a script's."""
    return path is not None and _BUILT_IN.fullmatch(path[:100]) is not None


def begins_anew(function: str | None) -> bool:
    """Whether what stands above this call is who asked for it, not who made it."""
    return function is not None and _ASKED_FOR.match(function) is not None
