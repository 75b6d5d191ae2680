"""Installed packages and their versions, folded; filtered by a word, and copied as what installs them."""

from app.event_parts import modules
from app.plain_text import one_line
from ui.detail.page.rows import Control, Heading, Row, TextLine
from ui.detail.page.section import Section
from ui.detail.page.sheet import Font
from ui.detail.requests import AskForText
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text

_FILTERED_FROM = 10


class ModulesSection(Section):
    """Two columns, in the order of the names."""

    name = "Modules"
    folded_as = "all"

    def begin(self) -> None:
        self._tree = Tree(self, "modules")
        self._words = ""

    def rows(self) -> list[Row]:
        installed = self.event.modules
        if not installed:
            return []
        opened = self.is_open("all")
        shown = modules.matching(installed, self._words)
        count = f"{len(shown):,} of {len(installed):,}" if self._words else f"{len(installed):,}"
        rows: list[Row] = [
            Heading(
                self.name,
                count,
                self._controls(len(installed)) if opened else [],
                opened=opened,
                toggle=lambda: self.toggle("all"),
                hidden=lambda: as_text(installed),
            )
        ]
        if opened and not shown:
            text = f"None of them contains “{one_line(self._words, 60)}”."
            rows.append(TextLine("none", [(text, Font.SMALL, "text_muted")]))
        return rows + (self._tree.rows(shown) if opened else [])

    def _controls(self, number: int) -> list[Control]:
        controls = [Control("Copy as requirements", self._copy, "One package a line")]
        if self._words:
            controls.insert(
                0, Control(f"“{one_line(self._words, 20)}” ×", lambda: self._filter(""), "Show all", on=True)
            )
        elif number > _FILTERED_FROM:
            question = "Show packages that contain"
            controls.insert(
                0, Control("Filter …", lambda: self.host.request(AskForText(question, self._filter)))
            )
        return controls

    def _filter(self, words: str) -> None:
        self._words = words.strip()
        self._tree = Tree(self, f"modules {self._words}")
        self.host.rebuild(self)

    def _copy(self) -> None:
        text = modules.as_requirements(modules.matching(self.event.modules, self._words), self.event.platform)
        self.host.copy(text, "Modules")
