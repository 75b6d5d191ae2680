"""The overview: who and what the error happened to, where, and the event's tags, as chips that filter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.event_parts import surroundings
from app.event_parts.surroundings import Fact
from app.model import UserAgent
from app.plain_text import one_line
from app.query import writing
from app.user_agent_process import shared
from ui.detail.page.chips import Chip, ChipFlow
from ui.detail.page.heading import Heading
from ui.detail.page.rows import Action, Folded, MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import FilterBy, OpenLink
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text

SHOWN_AT_FIRST = 40
MOST_TAGS = 1_000


class OverviewSection(Section):
    """User, browser, system and device, the address, release and place, and then all other tags."""

    name = "Overview"
    jump = "Overview"

    def begin(self) -> None:
        self._user = Tree(self, "user", Font.BODY)
        agent = self._agent = self.event.user_agent
        self._is_unread = agent is not None and agent == UserAgent(raw=agent.raw)
        self._is_asked = False

    def rows(self) -> list[Row]:
        self._ask_for_agent()
        facts = surroundings.facts(self.event, self._agent)
        tags = surroundings.tags_beside(self.event, facts)
        address = surroundings.address(self.event)
        rows: list[Row] = []
        if facts or self._agent is not None:
            rows.append(ChipFlow("facts", self._fact_chips(facts), menu=self._menu()))
        if address:
            rows.append(self._address(address))
        if tags:
            rest = list(tags.items())[SHOWN_AT_FIRST:]
            rows.append(
                ChipFlow(
                    "tags",
                    self._tag_chips(tags),
                    menu=self._menu(),
                    folded=None
                    if self.is_open("tags") or not rest
                    else Folded(
                        lambda: "\n".join(f"{name}: {value}" for name, value in rest),
                        lambda: self.toggle("tags"),
                    ),
                )
            )
        rows += self._more_of_user()
        return [Heading(self.name), *rows] if rows else []

    def _ask_for_agent(self) -> None:
        agent = self._agent
        if agent is not None and self._is_unread and not self._is_asked:
            self._is_asked = True
            self.host.in_background(lambda: shared.complete(agent), self._show_agent)

    def _show_agent(self, agent: UserAgent) -> None:
        self._agent = agent
        self._is_unread = False
        self.host.rebuild(self)

    def _fact_chips(self, facts: tuple[Fact, ...]) -> list[Chip]:
        chips = [self._fact_chip(fact) for fact in facts]
        agent = self._agent
        if agent is not None:
            tooltip = f"User-Agent: {one_line(agent.raw, 400)}"
            if self._is_unread:
                chips.append(
                    Chip("", "browser …", self._copying("User-Agent", agent.raw), tooltip, "browser")
                )
            elif not any(fact.tag == "browser" for fact in facts):
                text = "browser not recognised"
                chips.append(Chip("", text, self._copying("User-Agent", agent.raw), tooltip, "browser"))
        return chips

    def _fact_chip(self, fact: Fact) -> Chip:
        what = fact.label or fact.tag or "Device"
        copy = MenuEntry("Copy value", self._copying(what, fact.text))
        agent = self._agent
        entries = [copy]
        if agent is not None and fact.tag in ("browser", "os"):
            entries.append(MenuEntry("Copy User-Agent", self._copying("User-Agent", agent.raw)))
        whole = one_line(fact.text, 400)
        if not fact.tag:
            query = writing.phrase(fact.text) if fact.label == "logger" else ""
        else:
            query = writing.tag(fact.tag, fact.tagged)
        if not query:
            return Chip(
                fact.label, fact.text, copy.action, f"{whole}\nClick to copy", fact.icon, menu=entries
            )
        return self._filtering(fact.label, fact.text, query, whole, fact.icon, entries)

    def _tag_chips(self, tags: dict[str, str]) -> list[Chip]:
        opened = self.is_open("tags")
        shown = list(tags.items())[: MOST_TAGS if opened else SHOWN_AT_FIRST]
        chips = [self._tag_chip(name, str(value)) for name, value in shown]
        if len(tags) > SHOWN_AT_FIRST:
            text = "fewer" if opened else f"{len(tags) - len(shown):,} more"
            chips.append(Chip("", text, lambda: self.toggle("tags"), "Show or hide the other tags"))
        return chips

    def _tag_chip(self, name: str, value: str) -> Chip:
        entries = [
            MenuEntry("Copy value", self._copying(one_line(name, 60), value)),
            MenuEntry("Copy name", self._copying("Name", name)),
        ]
        whole = f"{one_line(name, 100)}: {one_line(value, 400)}"
        return self._filtering(name, value, writing.tag(name, value), whole, "", entries)

    def _filtering(
        self, label: str, text: str, query: str, whole: str, icon: str, entries: list[MenuEntry]
    ) -> Chip:
        def exclude() -> None:
            self.host.request(FilterBy(query, is_excluded=True))

        def find() -> None:
            is_excluded = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier)
            self.host.request(FilterBy(query, is_excluded=is_excluded))

        menu = (
            MenuEntry("Show issues with this", find),
            MenuEntry("Exclude from the search", exclude),
            *entries,
        )
        tooltip = f"{whole}\nClick to show the issues with it, Alt+click to exclude it from the search"
        return Chip(label, text or "empty", find, tooltip, icon, menu=menu)

    def _address(self, address: str) -> TextLine:
        menu = (
            MenuEntry("Open in the browser …", lambda: self.host.request(OpenLink(address))),
            MenuEntry("Copy URL", self._copying("URL", address)),
        )
        method = self.event.request.method if self.event.request is not None else None
        pieces = [(method, Font.SMALL, "text_muted")] if method else []
        pieces.append((address, Font.BODY, "accent"))
        return TextLine(
            "address",
            pieces,
            activate=lambda: self.host.request(OpenLink(address)),
            tooltip=one_line(address, 600),
            menu=menu,
        )

    def _more_of_user(self) -> list[Row]:
        more = surroundings.more_of_user(self.event.user)
        if not more:
            return []
        opened = self.is_open("user")
        pieces = [
            ("More of the user", Font.SMALL, "text_muted"),
            (f"{len(more):,}", Font.SMALL, "text_faint"),
        ]
        line = TextLine(
            "user",
            pieces,
            activate=lambda: self.toggle("user"),
            opened=opened,
            hidden=lambda: as_text(more),
        )
        return [line, *(self._user.rows(more) if opened else [])]

    def _menu(self) -> tuple[MenuEntry, ...]:
        everything = "\n".join(f"{name}: {value}" for name, value in sorted(self.event.tags.items()))
        return (MenuEntry("Copy all tags", self._copying("Tags", everything)),) if everything else ()

    def _copying(self, what: str, value: str) -> Action:
        return lambda: self.host.copy(value, what[:1].upper() + what[1:60])
