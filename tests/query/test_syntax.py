"""The terms of a tree are those that were typed, in their order."""

from app.query.syntax import All, Either, Not, Term, terms


def test_the_terms_of_a_tree() -> None:
    one, two, three = (Term(key="", value=value) for value in ("1", "2", "3"))
    assert terms(Either((All((one, Not(two))), three))) == (one, two, three)
    assert terms(None) == ()
