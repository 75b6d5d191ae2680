"""The user that the event happened to, and their browser and system."""

from typing import Any

from app.model import UserAgent
from app.user_agent_process import shared
from ui.detail.page.rows import Heading, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.tree import Tree


class UserSection(Section):
    """The user and their browser."""

    name = "User"
    jump = "Context"

    def begin(self) -> None:
        self._tree = Tree(self, "user", Font.BODY)
        agent = self._agent = self.event.user_agent
        self._is_unread = agent is not None and agent == UserAgent(raw=agent.raw)
        self._is_asked = False

    def rows(self) -> list[Row]:
        values: dict[str, Any] = dict(self.event.user)
        if agent := self._agent:
            if self._is_unread and not self._is_asked:
                self._is_asked = True
                self.host.in_background(lambda: shared.complete(agent), self._show_agent)
            values["browser"] = "…" if self._is_unread else browser_and_system(agent)
            values["user agent"] = agent.raw
        if not values:
            return []
        return [Heading(self.name), *self._tree.rows(values)]

    def _show_agent(self, agent: UserAgent) -> None:
        self._agent = agent
        self._is_unread = False
        self.host.rebuild(self)


def browser_and_system(agent: UserAgent) -> str:
    """`Chrome 120 on Windows 10`, as much as is known."""
    browser = " ".join(part for part in (agent.browser, _major(agent.browser_version)) if part)
    system = " ".join(part for part in (agent.os, agent.os_version) if part)
    text = f"{browser} on {system}" if browser and system else browser or system or "Not recognised"
    if agent.device and agent.device not in ("Other", agent.os, agent.browser):
        text += f", {agent.device}"
    return text if agent.kind in ("desktop", "other") else f"{text} ({agent.kind})"


def _major(version: str | None) -> str:
    return (version or "").split(".")[0]
