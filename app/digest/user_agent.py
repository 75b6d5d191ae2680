"""The User-Agent header, parsed: the step of 2010 that was "surprisingly expensive".

Measured: 849 µs a string with `user-agents` alone, 17 µs when ua-parser's Rust resolver does the matching,
and nothing when the string was seen before, which is nearly always. Loading both takes 300 ms, so this module
is used through the digest's lazy door: it loads with the first header of a browser, in the command line and
the engine never. The window has it in a process of its own, `app.user_agent_process`, which runs this module:
it answers each line of its stdin, a header as a JSON string, with one line, a `UserAgent` as JSON.
"""

import os
import sys
from functools import lru_cache
from threading import Timer
from typing import BinaryIO

import msgspec
from ua_parser import parse as resolve
from user_agents.parsers import UserAgent as Agent
from user_agents.parsers import parse_browser, parse_device, parse_operating_system

from app.model import UserAgent

# No honest browser says more; a longer string would only occupy the matcher.
LONGEST = 1_000
UNKNOWN = "Other"
# It holds 30 MB, and starts again in half a second.
IDLE_SECONDS = 60.0


class ParsedUserAgent(Agent):  # type: ignore[misc]
    """`user-agents`' object, over ua-parser's fast resolver instead of its own."""

    def __init__(self, raw: str) -> None:
        result = resolve(raw).with_defaults()
        browser, system, device = result.user_agent, result.os, result.device
        self.ua_string = raw
        self.browser = parse_browser(browser.family, browser.major, browser.minor, browser.patch)
        self.os = parse_operating_system(
            system.family, system.major, system.minor, system.patch, system.patch_minor
        )
        self.device = parse_device(device.family, device.brand, device.model)

    def kind(self) -> str:
        """The kind of device: one of `bot`, `tablet`, `mobile`, `desktop` and `other`."""
        if self.is_bot:
            return "bot"
        if self.is_tablet:
            return "tablet"
        if self.is_mobile:
            return "mobile"
        return "desktop" if self.is_pc else "other"


@lru_cache(maxsize=4_096)
def understand(raw: str) -> UserAgent:
    """Browser, system and device that a User-Agent header names; None for what it does not name."""
    parsed = ParsedUserAgent(raw[:LONGEST])
    return UserAgent(
        raw=raw,
        browser=_known(parsed.browser.family),
        browser_version=parsed.browser.version_string or None,
        os=_known(parsed.os.family),
        os_version=parsed.os.version_string or None,
        device=_known(parsed.device.family),
        kind=parsed.kind(),
    )


def _known(family: str) -> str | None:
    return None if family == UNKNOWN else family


def answer(questions: BinaryIO, answers: BinaryIO, idle_seconds: float = IDLE_SECONDS) -> None:
    """Answer each line, until there is none; the process ends when none comes for so many seconds."""
    idle = _ending_after(idle_seconds)
    for line in questions:
        idle.cancel()
        answers.write(msgspec.json.encode(understand(msgspec.json.decode(line, type=str))) + b"\n")
        answers.flush()
        idle = _ending_after(idle_seconds)
    idle.cancel()


def _ending_after(seconds: float) -> Timer:
    # The main thread waits in a read, which nothing but the end of the process interrupts everywhere.
    timer = Timer(seconds, os._exit, (0,))
    timer.daemon = True
    timer.start()
    return timer


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
