"""What the text of an event has to have, as a tree."""

from app.store import match_tree
from app.store.match_tree import ANYTHING, EVERY_EVENT, NOTHING, AllOf, AnyOf, Phrase, Stored, Without

A, B, C = (Phrase((word,)) for word in "abc")
EVERY = match_tree.expression(EVERY_EVENT)
SQL = Stored("x = ?", ("1",))


def test_trees_are_made_as_simple_as_they_can_be() -> None:
    assert match_tree.all_of([A, ANYTHING, A]) == A
    assert match_tree.all_of([A, NOTHING]) == NOTHING
    assert match_tree.all_of([A, AllOf((B, C))]) == AllOf((A, B, C))
    assert match_tree.any_of([A, NOTHING]) == A
    assert match_tree.any_of([A, ANYTHING]) == ANYTHING
    assert match_tree.any_of([]) == NOTHING
    assert match_tree.without(Without(A)) == A
    assert match_tree.without(ANYTHING) == NOTHING


def test_an_expression_says_the_same() -> None:
    assert match_tree.expression(AllOf((A, AnyOf((B, C))))) == '("a" AND ("b" OR "c"))'
    assert match_tree.expression(AllOf((A, Without(B), Without(C)))) == '(("a") NOT ("b" OR "c"))'
    assert match_tree.expression(Without(A)) == f'({EVERY} NOT "a")'
    assert match_tree.expression(Phrase(("a", 'b"'), begins=True, columns=("url",))) == '{url} : "a b""" *'
    assert match_tree.expression(NOTHING) == f"({EVERY} NOT {EVERY})"


def test_the_index_is_asked_first_and_what_is_stored_of_what_that_finds() -> None:
    asked = match_tree.condition(AllOf((A, SQL, B)))
    assert asked.sql == f"event_search MATCH :v1 AND {match_tree.WITHIN} AND (x = :v0)"
    assert asked.values == {"v0": "1", "v1": '("a" AND "b")'}
    assert match_tree.condition(SQL).sql == f"{match_tree.WITHIN} AND (x = :v0)"
    mixed = match_tree.condition(AnyOf((A, Without(SQL)))).sql
    assert mixed.startswith(f"{match_tree.WITHIN} AND (event_search.rowid IN (SELECT")
    assert mixed.endswith("OR NOT (x = :v1))")


def test_phrases_are_changed_wherever_they_stand() -> None:
    tree = AnyOf((A, Without(AllOf((B, SQL)))))
    assert list(match_tree.phrases(tree)) == [A, B]
    assert match_tree.with_phrases(tree, lambda _phrase: C) == AnyOf((C, Without(AllOf((C, SQL)))))
