"""A project that nothing has come of: what may be meant."""

from app.assistants.project_names import unknown_project
from tests.factories import Store, make_event


def test_a_known_project_needs_no_word(store: Store) -> None:
    store.file(make_event())
    assert store.read(unknown_project, "shop") == ""


def test_what_is_alike_is_named(store: Store) -> None:
    store.file(make_event(), project="shop")
    store.file(make_event(), project="nightly")
    said = store.read(unknown_project, "shopp")
    assert "`shopp`" in said
    assert "`shop`" in said
    assert "nightly" not in said
    assert "`nightly`" in store.read(unknown_project, "entirely different")


def test_without_any_project_there_is_none_to_name(store: Store) -> None:
    assert store.read(unknown_project, "shop") == "Nothing of a project `shop` has come yet.\n\n"
