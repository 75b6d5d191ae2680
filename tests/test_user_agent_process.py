"""User-Agent headers, understood in a process of their own."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.digest import user_agent
from app.model import UserAgent
from app.user_agent_process import UserAgentProcess
from tests.digest.test_user_agent import FIREFOX, IPHONE


@pytest.fixture
def process() -> Iterator[UserAgentProcess]:
    made = UserAgentProcess()
    yield made
    made.close()


def test_it_says_what_the_digest_files(process: UserAgentProcess) -> None:
    for raw in (FIREFOX, IPHONE, "ünknown\n/1.0", "x" * 5_000):
        assert process.known(raw) == UserAgent(raw=raw)
        assert process.understand(raw) == user_agent.understand(raw)
        assert process.known(raw) == user_agent.understand(raw)


def test_it_starts_again_after_it_has_ended(process: UserAgentProcess) -> None:
    process.understand(FIREFOX)
    child = process._process
    assert child is not None
    child.kill()
    child.wait()
    assert process.understand(IPHONE).kind == "mobile"


def test_what_is_understood_already_is_not_asked_for(process: UserAgentProcess) -> None:
    whole = UserAgent(raw=FIREFOX, browser="Another")
    assert process.complete(whole) is whole
    assert process.complete(UserAgent(raw=FIREFOX)).browser == "Firefox"


def test_it_loads_without_the_parser() -> None:
    code = "import sys, app.user_agent_process; sys.exit('ua_parser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
