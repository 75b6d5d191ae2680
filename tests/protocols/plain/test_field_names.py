import pytest

from app.protocols.plain.field_names import Fields, plain


@pytest.mark.parametrize(
    "name",
    ["errorMessage", "error_message", "error.message", "ErrorMessage", "ERROR MESSAGE"],
)
def test_a_name_counts_in_any_spelling(name: str) -> None:
    fields = Fields({name: "no card", "order": 42})

    assert plain(name) == "errormessage"
    assert fields.take(("errormessage",), str) == "no card"
    assert fields.left == {"order": 42}
    assert fields.take(("errormessage",), str) is None


def test_the_first_name_with_a_value_counts_and_the_others_stay() -> None:
    fields = Fields({"msg": "second", "message": "", "text": "third", "title": None})

    assert fields.take(("message", "title", "msg", "text"), str) == "second"
    assert fields.rest() == {"message": "", "text": "third"}


def test_a_value_of_another_type_is_passed_over() -> None:
    fields = Fields({"error": {"name": "E"}, "err": "no card", "count": True})

    assert fields.take(("error", "err"), str) == "no card"
    assert fields.take(("count",), int) is None
    assert fields.left == {"error": {"name": "E"}, "count": True}


@pytest.mark.parametrize(
    ("value", "text", "rest"),
    [
        ("checkout", "checkout", {}),
        (7, "7", {}),
        ({"name": "checkout"}, "checkout", {}),
        ({"name": "checkout", "version": "1"}, "checkout", {"service": {"name": "checkout", "version": "1"}}),
        (True, None, {"service": True}),
        ("  ", None, {"service": "  "}),
        ({"version": "1"}, None, {"service": {"version": "1"}}),
    ],
)
def test_text_of_a_value(value: object, text: str | None, rest: dict[str, object]) -> None:
    fields = Fields({"service": value})

    assert fields.text(("service",)) == text
    assert fields.rest() == rest


@pytest.mark.parametrize(
    ("value", "number"),
    [(12, 12), ("12", 12), (-1, None), ("x", None), (True, None), (2**31, None)],
)
def test_whole_numbers(value: object, number: int | None) -> None:
    fields = Fields({"line": value})

    assert fields.whole(("line",)) == number
    assert fields.left == ({} if number is not None else {"line": value})


def test_fields_inside_containers_and_behind() -> None:
    fields = Fields({"context": {"user": "ada"}, "extra": {"order": 42}}, behind=Fields({"env": "live"}))
    fields.open()

    assert fields.take(("user",), str) is None
    assert fields.take(("user",), str, deep=True) == "ada"
    assert fields.text(("env",)) == "live"
    assert fields.rest() == {"extra": {"order": 42}}


def test_a_value_put_back_is_found_again() -> None:
    fields = Fields({})
    fields.put("Log-Level", "warn")

    assert fields.has(("loglevel",))
    assert fields.text(("loglevel",)) == "warn"
