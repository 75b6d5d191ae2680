"""What else is known: contexts, extra data, and the facts of the event itself."""

from app.event_parts import contexts
from app.event_parts.contexts import Context
from app.plain_text import one_line
from ui.detail.page.heading import Control, Heading
from ui.detail.page.rows import MenuEntry, Row
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.requests import ShowRun
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
        found = contexts.ordered(self.event.contexts)
        if not found:
            return []
        rows: list[Row] = [Heading(self.name, f"{len(found):,}")]
        for context in found:
            rows += self._context(context)
        return rows

    def _context(self, context: Context) -> list[Row]:
        opened = self.is_open(context.key)
        tree = self._tree_of(context.key)
        pieces = [(context.title, Font.BODY, "text")]
        if not opened:
            short = context.summary or preview(dict(context.values), 200)[1:-1]
            pieces.append((short, Font.SMALL, "text_muted"))
        sent = self.event.contexts.get(context.key)
        label = f"Copy {one_line(context.key, 40)}"
        menu = (MenuEntry(label, lambda: self.host.copy(as_text(sent), context.title[:60])),)
        rows: list[Row] = [
            TextLine(
                ("context", context.key),
                pieces,
                activate=lambda: self.toggle(context.key),
                opened=opened,
                menu=menu,
                hidden=lambda: as_text(sent),
                control=tree.search_control(context.values) if opened else self._control(context),
            )
        ]
        if opened:
            rows += tree.rows(context.values)
        return rows

    def _control(self, context: Context) -> Control | None:
        number = contexts.run_number(context)
        if number is None:
            return None
        said = "Show what else came in this run"
        return Control(f"Run {number}", lambda: self.host.request(ShowRun(number)), said)

    def _tree_of(self, name: str) -> Tree:
        tree = self._trees.get(name)
        if tree is None:
            left_out = remarks.below(self.event, "contexts", name)
            # Without a dialect: what is made readable is words.
            tree = Tree(self, name, root=name, remarks=left_out)
            self._trees[name] = tree
        return tree


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
        search = self._tree.search_control(extra)
        controls = [search, control] if search else [control]
        return [Heading(self.name, f"{len(extra):,}", controls), *self._tree.rows(extra)]


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
            "sent by": sdk,
            "as": event.protocol,
        }
        return [Heading(self.name), *self._tree.rows({name: fact for name, fact in facts.items() if fact})]
