"""Frames that only wrap the app: those of error SDKs inside a bundle, of proxies and of reflection.

Frameworks and runtimes are told by their paths and modules (`app.protocols.in_app`). What is left here can't be:
a bundler puts an SDK into the app's own file, so that only the function's name betrays it.
"""

import re
from functools import lru_cache

from app.model import Frame

_FUNCTION = re.compile(
    r"""
      \b_*sentry_*wrapped_*\b | sentryWrapped | \b(?:Raven|Sentry|Bugsnag|Rollbar|Honeybadger|Raygun|Airbrake)\b
    | \b_?(?:bugsnag|rollbar|honeybadger|airbrake|raygun|elasticapm|newrelic|nr)_?[wW]rap(?:ped|per)?\b
    | ^(?:wrapped|wrapper|_wrapped|traced|instrumented|patched)$
    | <proxy> | <accessor> | ^(?:Native)?MethodAccessor | ^DelegatingMethodAccessorImpl
    """,
    re.VERBOSE,
)


def wraps(frame: Frame) -> bool:
    """Whether `frame` is none of the app's own doing."""
    return bool(frame.function) and _is_wrapper(frame.function or "")


@lru_cache(maxsize=8192)
def _is_wrapper(function: str) -> bool:
    return _FUNCTION.search(function[:200]) is not None
