"""Modules: folded, searched, and copied as what installs them."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.sections.modules import ModulesSection

MODULES = {f"package{number:02}": "1.0" for number in range(30)} | {"Flask": "3.1"}


def test_modules_are_folded_and_opened_by_a_jump(page: ReadPage) -> None:
    page.open(make_detail(), ModulesSection)
    assert page.lines() == ["Modules  1"]
    page.jump_to(0)
    assert "flask  3.1.0" in page.lines()
    page.jump_to(0)
    assert "flask  3.1.0" in page.lines(), "a second jump folds nothing"


def test_many_modules_are_searched_and_all_copied(page: ReadPage) -> None:
    page.open(make_detail(make_event(modules=MODULES)), ModulesSection).activate("Modules")
    assert page.lines()[1] == "Flask  3.1"
    assert any(zone.name == "Search" for _, zone in page.zones())
    page.activate("Copy as requirements")
    assert page.clipboard_text().startswith("Flask==3.1\npackage00==1.0\n")
