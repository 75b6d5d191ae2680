from app.protocols.wire.notes import Notes


def test_two_values_of_one_name_are_both_preserved() -> None:
    notes = Notes()
    notes.keep("a", 1)
    notes.keep("a", 2)

    assert notes.kept == {"a": 1, "a'": 2}


def test_a_wrong_type_is_preserved_with_a_problem() -> None:
    notes = Notes()
    notes.odd("line", [1], "a whole number")

    assert notes.kept == {"line": [1]}
    assert notes.sentences() == ("line should be a whole number, but is a list; it is kept in extra.",)


def test_after_fifty_problems_they_are_only_counted() -> None:
    notes = Notes()
    for number in range(60):
        notes.problem(f"problem {number}")

    assert len(notes.sentences()) == 51
    assert notes.sentences()[-1] == "… and 10 more problems like these."
