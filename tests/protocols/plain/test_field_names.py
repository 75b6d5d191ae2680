from app.protocols.plain import field_names
from app.protocols.plain.field_names import Fields


def test_a_name_counts_in_any_spelling_and_is_taken_once() -> None:
    fields = Fields({"Error-Message": "no card", "other": 1})

    assert fields.has(("errormessage",))
    assert fields.text(("errormessage",)) == "no card"
    assert fields.text(("errormessage",)) is None
    assert fields.left == {"other": 1}


def test_the_first_name_with_a_value_of_the_right_kind_is_taken() -> None:
    fields = Fields({"msg": ["a"], "message": None, "text": "words"})

    assert fields.take(("message", "msg", "text"), str) == "words"
    assert fields.left == {"msg": ["a"]}


def test_whole_numbers_may_be_text() -> None:
    fields = Fields({"line": "12", "column": "x"})

    assert fields.whole(field_names.LINE) == 12
    assert fields.whole(field_names.COLUMN) is None


def test_what_is_missing_is_found_behind_and_inside() -> None:
    fields = Fields({"context": {"release": "1.2"}}, behind=Fields({"logger": "shop"}))
    fields.open()

    assert fields.text(field_names.LOGGER) == "shop"
    assert fields.text(field_names.RELEASE) is None
    assert fields.text(field_names.RELEASE, deep=True) == "1.2"
