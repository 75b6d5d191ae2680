"""Recognizes calls that are not the app's own, though their place does not show it.

Frameworks and runtimes are recognised by their paths and modules (`in_app`). The
rest cannot: a bundler puts an SDK into the app's own file, so that only the function's name shows it; each
browser lists calls of other built-ins; and since Python 3.12 a comprehension is no call.
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
# "setTimeout handler*later": Firefox adds the frames that scheduled the call, as no other browser does.
_SCHEDULED = re.compile(r"[\w.]+ (?:handler|callback)\*|EventListener\.handleEvent\*|EventHandlerNonNull\*")


def is_wrapper(function: str | None, module: str | None) -> bool:
    """Whether a call of that name only wraps the app's."""
    if module is not None and _ACCESSOR.fullmatch(module[:300]):
        return True
    return function is not None and _WRAPPER.fullmatch(function[:200]) is not None


def is_built_in(path: str | None) -> bool:
    """Whether a JavaScript call is of a built-in, not of a script."""
    return path is not None and _BUILT_IN.fullmatch(path[:100]) is not None


def was_scheduled(function: str | None) -> bool:
    """Whether the frames before this call scheduled it, rather than called it."""
    return function is not None and _SCHEDULED.match(function) is not None
