"""Installed packages and their versions, folded; searched, and copied as what installs them."""

from app.event_parts import modules
from ui.detail.page.heading import Control, Heading
from ui.detail.page.rows import Row
from ui.detail.page.section import Section
from ui.detail.sections.tree import Tree
from ui.detail.value_text import as_text


class ModulesSection(Section):
    """Two columns, in the order of the names."""

    name = "Modules"
    folded_as = "all"

    def begin(self) -> None:
        self._tree = Tree(self, "modules")

    def rows(self) -> list[Row]:
        installed = self.event.modules
        if not installed:
            return []
        opened = self.is_open("all")
        heading = Heading(
            self.name,
            f"{len(installed):,}",
            self._controls() if opened else [],
            opened=opened,
            toggle=lambda: self.toggle("all"),
            hidden=lambda: as_text(installed),
        )
        return [heading, *(self._tree.rows(modules.ordered(installed)) if opened else [])]

    def _controls(self) -> list[Control]:
        copy = Control("Copy as requirements", self._copy, "One package a line")
        search = self._tree.search_control(self.event.modules)
        return [search, copy] if search else [copy]

    def _copy(self) -> None:
        self.host.copy(modules.as_requirements(self.event.modules, self.event.platform), "Modules")
