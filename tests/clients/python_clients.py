"""The Python clients under test, and what each of them sends."""

from tests.clients.python_app import PythonClient

WEB = ("flask", "django", "fastapi")
SENTRY_CASES = ("handled", "message", "log", "log_exception", "group", "attachment", "thread", "checkin")
EVERYTHING = frozenset(
    "cause cause_frames source vars handled unhandled "
    "user release environment server tags coupon breadcrumbs".split()
)
# What a client does not send of a request, by driver and framework.
NOT_SENT = {
    ("rollbar", "flask"): "body",
    ("rollbar", "django"): "body",
    ("rollbar", "fastapi"): "body",
    ("bugsnag", "flask"): "method query",
    ("bugsnag", "django"): "agent",
    ("bugsnag", "fastapi"): "body",
    ("honeybadger", "flask"): "query agent body",
    ("honeybadger", "django"): "body",
    ("honeybadger", "fastapi"): "body",
    ("raygun", "flask"): "method url query agent body",
    ("elastic", "flask"): "body",
    ("elastic", "fastapi"): "body",
}


def _all_but(words: str) -> frozenset[str]:
    return EVERYTHING - set(words.split())


def _only(words: str) -> frozenset[str]:
    assert set(words.split()) <= EVERYTHING
    return frozenset(words.split())


TOGETHER = (
    PythonClient(
        entry="Sentry for Python",
        driver="sentry",
        package="sentry-sdk",
        sdk="sentry.python",
        cases=(*SENTRY_CASES, "unhandled"),
        sends=EVERYTHING,
    ),
    PythonClient(
        entry="Sentry for Flask",  # the lines for Django and FastAPI are the same
        driver="sentry",
        package="sentry-sdk",
        sdk="sentry.python",
        cases=WEB,
        sends=EVERYTHING,
    ),
    PythonClient(
        entry="Sentry for Python, by environment",
        driver="sentry",
        package="sentry-sdk",
        sdk="sentry.python",
        cases=("message", "unhandled"),
        sends=EVERYTHING,
    ),
    PythonClient(
        entry="Raven for Python",
        driver="raven",
        package="raven",
        sdk="raven-python",
        cases=("handled", "message", "log", "flask", "unhandled"),
        sends=_all_but("handled unhandled"),
    ),
    PythonClient(
        entry="Rollbar for Python",
        driver="rollbar",
        package="rollbar",
        sdk="pyrollbar",
        cases=("handled", "message", "log", *WEB, "unhandled"),
        sends=_all_but("handled unhandled tags breadcrumbs"),
    ),
    PythonClient(
        entry="Bugsnag for Python",
        driver="bugsnag",
        package="bugsnag",
        sdk="Python Bugsnag Notifier",
        cases=("handled", "log", *WEB, "unhandled"),
        sends=_all_but("vars tags"),
    ),
    PythonClient(
        entry="Airbrake for Python (airbrake)",
        driver="airbrake",
        package="airbrake",
        sdk="airbrake-python",
        cases=("handled", "message", "log", "unhandled"),
        sends=_only("environment server coupon"),
    ),
    PythonClient(
        entry="Honeybadger for Python",  # it repeats the frames of the error for its causes
        driver="honeybadger",
        package="honeybadger",
        sdk="Honeybadger for Python",
        cases=("handled", "message", "log", *WEB, "unhandled"),
        sends=_only("cause source environment server user coupon tags vars"),
    ),
    PythonClient(
        entry="Raygun for Python",
        driver="raygun",
        package="raygun4py",
        sdk="raygun4py",
        cases=("handled", "log", "flask", "unhandled"),
        sends=_only("cause cause_frames source vars user release server coupon tags"),
    ),
    PythonClient(
        entry="Elastic APM for Python",
        driver="elastic",
        package="elastic-apm",
        sdk="python",
        cases=("handled", "message", "log", "flask", "fastapi", "unhandled"),
        sends=_only("cause cause_frames source vars handled unhandled user server tags coupon"),
    ),
    PythonClient(
        entry="OpenTelemetry for Python",
        driver="otel",
        package="opentelemetry-sdk",
        sdk="opentelemetry",
        cases=("handled", "log_exception"),
        sends=_only("cause cause_frames source"),
    ),
    PythonClient(
        entry="GELF for Python (pygelf)",
        driver="logs",
        package="pygelf",
        sdk="",
        cases=("handled", "message"),
        sends=_only("cause cause_frames source server"),
    ),
    PythonClient(
        entry="Loki for Python (python-logging-loki)",
        driver="logs",
        package="python-logging-loki",
        sdk="",
        cases=("handled", "message"),
        sends=_only("cause cause_frames source"),
    ),
    PythonClient(
        entry="Python's own HTTPHandler",
        driver="logs",
        package="",
        sdk="",
        cases=("message",),
        sends=_only(""),
    ),
)

ISOLATED = (
    PythonClient(
        entry="Sentry for Python",
        driver="sentry",
        package="sentry-sdk",
        environment="sentry-2",
        sdk="sentry.python",
        cases=(*SENTRY_CASES, "unhandled"),
        sends=EVERYTHING,
    ),
    PythonClient(
        entry="Sentry for Python",
        driver="sentry",
        package="sentry-sdk",
        environment="sentry-1",
        sdk="sentry.python",
        cases=(*SENTRY_CASES, *WEB, "unhandled"),
        sends=EVERYTHING,
    ),
    PythonClient(
        entry="Airbrake for Python (pybrake)",
        driver="pybrake",
        package="pybrake",
        environment="pybrake",
        sdk="pybrake",
        cases=("handled", "message", "log", "flask", "unhandled"),
        sends=_only("cause cause_frames source environment server user release coupon"),
    ),
)
