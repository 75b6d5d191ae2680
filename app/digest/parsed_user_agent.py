"""`user-agents`' object, over ua-parser's fast resolver instead of the one it brings."""

from ua_parser import parse as resolve
from user_agents.parsers import UserAgent, parse_browser, parse_device, parse_operating_system


class ParsedUserAgent(UserAgent):  # type: ignore[misc]
    """What both libraries make of a User-Agent header."""

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
        """What it runs on: one of `bot`, `tablet`, `mobile`, `desktop` and `other`."""
        if self.is_bot:
            return "bot"
        if self.is_tablet:
            return "tablet"
        if self.is_mobile:
            return "mobile"
        return "desktop" if self.is_pc else "other"
