"""Acts on projects: each is undone and done again."""

import pytest
from pytestqt.qtbot import QtBot

from app.store.places import project_acts
from tests.factories import Store, make_event
from tests.ui.undoing import Back, Do
from ui.link.store_access import StoreAccess
from ui.sidebar.project_actions import ProjectActions, ProjectWish
from ui.undo import UndoStack


@pytest.fixture
def acts(store: Store, access: StoreAccess, undo: UndoStack) -> ProjectActions:
    """Projects 1 and 2: shop, api."""
    for name in ("shop", "api"):
        store.file(make_event(), project=name)
    return ProjectActions(access, undo, access)


def looks(store: Store) -> list[tuple[str, bool, str | None]]:
    return [(each.shown, each.hidden, each.icon) for each in store.read(project_acts.listed)]


def test_each_act_on_a_project_is_undone_and_done_again(
    store: Store, acts: ProjectActions, undo: UndoStack, do: Do, back: Back
) -> None:
    look = store.read(project_acts.get, 1)
    assert look is not None
    before = looks(store)
    wish = ProjectWish(name="Store", colour="series_1", sign="S", hidden=True)
    for act, done, after in (
        (lambda: acts.show_as(look, wish), "Project shop renamed to Store", [("Store", True, "S")]),
        (lambda: acts.set_hidden({1: "shop"}, hidden=True), "Project shop hidden", [("shop", True, None)]),
        (lambda: acts.merge(2, "api", 1, "shop"), "Project api merged into shop", [("shop", False, None)]),
    ):
        assert do(act) == done
        assert set(after) <= set(looks(store))
        assert back() == done
        assert looks(store) == before
        assert do(undo.redo) == done
        assert set(after) <= set(looks(store))
        back()
    assert do(lambda: acts.set_hidden({1: "shop", 2: "api"}, hidden=True)) == "2 projects hidden"


def test_who_keeps_something_by_a_project_s_name_is_told_of_another(
    acts: ProjectActions, do: Do, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(acts.renamed) as renamed:
        do(lambda: acts.merge(2, "api", 1, "shop"))
    assert renamed.args == ["api", "shop"]


def test_why_a_project_is_not_renamed(store: Store, acts: ProjectActions, refusal: Do) -> None:
    look = store.read(project_acts.get, 1)
    assert look is not None
    said = refusal(lambda: acts.show_as(look, ProjectWish(name="api", sign="A")))
    assert said == "There is a project api already. The two can be merged."
    assert ("shop", False, None) in looks(store), "nothing of it was done"


def test_a_project_that_was_changed_since_is_not_taken_back(
    store: Store, acts: ProjectActions, undo: UndoStack, do: Do, refusal: Do
) -> None:
    do(lambda: acts.merge(2, "api", 1, "shop"))
    store.write(project_acts.rename, 1, "other")
    assert refusal(undo.undo).startswith("Not undone")
