"""What else is known: contexts, extra data, installed modules, and the facts of the event itself."""

from typing import Any

from app.plain_text import one_line
from ui.detail.page.rows import Control, Heading, MenuEntry, Row, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text, preview
from ui.detail.values import dialect, remarks
from ui.wording import local


class ContextsSection(Section):
    """Each context on a line of its own, in short, until it is opened."""

    name = "Context"
    jump = "Context"

    def begin(self) -> None:
        self._trees: dict[str, Tree] = {}

    def rows(self) -> list[Row]:
        contexts = {name: value for name, value in self.event.contexts.items() if value not in ({}, None)}
        if not contexts:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(contexts):,}")]
        for name, value in contexts.items():
            rows += self._context(str(name), value)
        return rows

    def _context(self, name: str, value: Any) -> list[Row]:
        opened = self.is_open(name)
        tree = self._tree_of(name)
        pieces = [(name, Font.BODY, "text")]
        if not opened:
            pieces.append((in_short(value), Font.SMALL, "text_muted"))
        menu = (MenuEntry(f"Copy {one_line(name, 40)}", lambda: self.host.copy(as_text(value), name[:60])),)
        rows: list[Row] = [
            TextLine(
                ("context", name),
                pieces,
                activate=lambda: self.toggle(name),
                opened=opened,
                menu=menu,
                hidden=lambda: as_text(value),
                control=tree.search_control() if opened else None,
            )
        ]
        if opened:
            rows += tree.rows(value if isinstance(value, dict) else {"value": value})
        return rows

    def _tree_of(self, name: str) -> Tree:
        tree = self._trees.get(name)
        if tree is None:
            left_out = remarks.below(self.event, "contexts", name)
            tree = Tree(self, name, dialect=dialect.of_event(self.event), root=name, remarks=left_out)
            self._trees[name] = tree
        return tree


def in_short(value: Any) -> str:
    """`CPython 3.11.7`: name and version where the context has them, else its first values."""
    if isinstance(value, dict):
        if isinstance(value.get("name"), str):
            return " ".join(str(part) for part in (value["name"], value.get("version") or "") if part)
        return preview({name: item for name, item in value.items() if name != "type"}, 200)[1:-1]
    return preview(value, 200)


class ExtraSection(Section):
    """What the app attached."""

    name = "Extra"

    def begin(self) -> None:
        left_out = remarks.below(self.event, "extra")
        self._tree = Tree(self, "extra", dialect=dialect.of_event(self.event), remarks=left_out)

    def rows(self) -> list[Row]:
        extra = self.event.extra
        if not extra:
            return []
        control = Control("Copy", lambda: self.host.copy(as_text(extra), "Extra data"))
        controls = [self._tree.search_control(), control]
        return [Heading(self.name, f"{len(extra):,}", controls), *self._tree.rows(extra)]


class ModulesSection(Section):
    """Installed packages and their versions, folded."""

    name = "Modules"

    def begin(self) -> None:
        self._tree = Tree(self, "modules")

    def rows(self) -> list[Row]:
        modules = self.event.modules
        if not modules:
            return []
        opened = self.is_open("all")
        heading = Heading(
            self.name,
            f"{len(modules):,}",
            opened=opened,
            toggle=lambda: self.toggle("all"),
            hidden=lambda: as_text(modules),
        )
        return [heading, *(self._tree.rows(dict(sorted(modules.items()))) if opened else [])]


class FactsSection(Section):
    """The event itself: its id, its times, what sent it."""

    name = "Event"

    def begin(self) -> None:
        self._tree = Tree(self, "facts", Font.BODY)

    def rows(self) -> list[Row]:
        event = self.event
        sdk = " ".join(part for part in (event.sdk.name, event.sdk.version) if part) if event.sdk else ""
        facts = {
            "id": event.event_id,
            "happened": local(event.timestamp),
            "received": local(event.received_at),
            "platform": event.platform,
            "logger": event.logger,
            "transaction": event.transaction,
            "sent by": sdk,
            "as": event.protocol,
        }
        return [Heading(self.name), *self._tree.rows({name: fact for name, fact in facts.items() if fact})]
