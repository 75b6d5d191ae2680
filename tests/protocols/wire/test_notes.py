import pytest

from app.protocols.wire.notes import Notes, kind_of


def test_two_values_of_one_name_stand_beside_each_other() -> None:
    notes = Notes()
    for value in (1, 2, 3):
        notes.keep("n", value)

    assert notes.kept == {"n": 1, "n'": 2, "n''": 3}
    assert notes.problems == []


def test_an_odd_value_is_in_extra_and_a_problem() -> None:
    notes = Notes()
    notes.odd("user", ["ada"], "an object")

    assert notes.kept == {"user": ["ada"]}
    assert notes.sentences() == ("user should be an object, but is a list; it is kept in extra.",)


def test_many_problems_are_counted() -> None:
    notes = Notes()
    for number in range(60):
        notes.problem(f"problem {number}")

    sentences = notes.sentences()
    assert sentences[:50] == tuple(f"problem {number}" for number in range(50))
    assert sentences[50:] == ("… and 10 more problems like these.",)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("x", "text"),
        (5, "a whole number"),
        (1.5, "a number"),
        (True, "true or false"),
        ([], "a list"),
        ({}, "an object"),
        (None, "null"),
    ],
)
def test_kinds_of_json_values(value: object, kind: str) -> None:
    assert kind_of(value) == kind
