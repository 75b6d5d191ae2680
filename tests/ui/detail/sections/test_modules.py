"""Modules: folded, filtered, and copied as what installs them."""

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.requests import AskForText, Request
from ui.detail.sections.modules import ModulesSection

MODULES = {f"package{number:02}": "1.0" for number in range(30)} | {"Flask": "3.1"}


def test_modules_are_folded_and_opened_by_a_jump(page: ReadPage) -> None:
    page.open(make_detail(), ModulesSection)
    assert page.lines() == ["Modules  1"]
    page.jump_to(0)
    assert "flask  3.1.0" in page.lines()
    page.jump_to(0)
    assert "flask  3.1.0" in page.lines(), "a second jump folds nothing"


def test_modules_are_filtered_and_copied(page: ReadPage) -> None:
    page.open(make_detail(make_event(modules=MODULES)), ModulesSection).activate("Modules")
    asked: list[Request] = []
    page.requested.connect(asked.append)
    page.activate("Filter")
    (question,) = asked
    assert isinstance(question, AskForText)
    question.done("fla")
    assert "Modules  1 of 31" in page.lines()[0]
    assert page.lines()[1:] == ["Flask  3.1"]
    page.activate("Copy as requirements")
    assert page.clipboard_text() == "Flask==3.1\n"
    question.done("nothing like it")
    assert "None of them contains “nothing like it”." in page.lines()
    page.activate("“nothing like it” ×")
    assert "package29  1.0" in page.lines()
