"""User agents, as browsers and clients really send them."""

import subprocess
import sys

import pytest

from app.digest import user_agent
from app.model import UserAgent

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.2 Mobile/15E148 Safari/604.1"
)
IPAD = IPHONE.replace("iPhone;", "iPad;").replace("iPhone OS", "OS")
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.mark.parametrize(
    ("raw", "browser", "os", "kind"),
    [
        (FIREFOX, "Firefox", "Linux", "desktop"),
        (IPHONE, "Mobile Safari", "iOS", "mobile"),
        (IPAD, "Mobile Safari", "iOS", "tablet"),
        (GOOGLEBOT, "Googlebot", None, "bot"),
        ("sentry.python/2.75.0", None, None, "other"),
        ("", None, None, "other"),
    ],
)
def test_a_header_names_the_browser(raw: str, browser: str | None, os: str | None, kind: str) -> None:
    agent = user_agent.understand(raw)
    assert (agent.raw, agent.browser, agent.os, agent.kind) == (raw, browser, os, kind)


def test_versions_and_device() -> None:
    agent = user_agent.understand(IPHONE)
    assert (agent.browser_version, agent.os_version, agent.device) == ("18.2", "18.2", "iPhone")
    assert user_agent.understand(FIREFOX).browser_version == "140.0"


def test_a_string_is_parsed_once() -> None:
    first = user_agent.understand("curl/8.1.2 (a string of this test)")
    assert user_agent.understand("curl/8.1.2 (a string of this test)") is first


def test_of_an_endless_string_only_the_beginning_is_parsed() -> None:
    raw = "Mozilla/5.0 (" + "x" * 100_000
    assert user_agent.understand(raw) == UserAgent(raw=raw, kind="other")


def test_the_parsers_load_with_the_first_header() -> None:
    code = "import sys, app.digest.pipeline; sys.exit('ua_parser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
