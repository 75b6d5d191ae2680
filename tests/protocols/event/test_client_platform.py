"""Which language a client is of."""

import pytest

from app.protocols.event.client_platform import platform_of


@pytest.mark.parametrize(
    ("names", "platform"),
    [
        (("airbrake-js/node", "JavaScript"), "node"),
        (("airbrake-js/browser", "JavaScript"), "javascript"),
        (("pybrake", "Python/3.11.7"), "python"),
        (("airbrake-python",), "python"),
        (("airbrake-ruby", "ruby/3.1.2"), "ruby"),
        (("gobrake", "go1.22"), "go"),
        (("", "go1.22"), "go"),
        (("Honeybadger for Python",), "python"),
        (("@honeybadger-io/js",), "javascript"),
        (("@honeybadger-io/react",), "javascript"),
        (("honeybadger-ruby",), "ruby"),
        (("honeybadger-elixir",), "elixir"),
        (("raygun4py",), "python"),
        (("raygun-node",), "node"),
        (("raygun-js",), "javascript"),
        (("Raygun4Net",), "csharp"),
        (("Raygun4Java",), "java"),
        (("raygun4ruby",), "ruby"),
        (("raygun4php",), "php"),
        (("raygun4apple",), "cocoa"),
        (("Bugsnag Spring",), "java"),
        (("Bugsnag Symfony",), "php"),
        (("Unity Bugsnag Notifier",), "csharp"),
        ((".NET Bugsnag Notifier",), "csharp"),
        (("Android Bugsnag Notifier",), "java"),
        (("Bugsnag Go",), "go"),
        (("rollbar-browser-js",), "javascript"),
        (("rollbar-php",), "php"),
        ((None, "", "unheard of"), None),
        ((), None),
    ],
)
def test_platforms(names: tuple[str | None, ...], platform: str | None) -> None:
    assert platform_of(*names) == platform
