import pytest

from app.protocols.stacktrace.languages import dart_errors


@pytest.mark.parametrize(
    ("message", "kind", "value"),
    [
        ("Bad state: no card", "StateError", None),
        ("Invalid argument(s): x", "ArgumentError", None),
        ("RangeError (index): Invalid value: Not in range 0..2, inclusive: 7", "RangeError", None),
        ("RangeError: too far", "RangeError", "too far"),
        ("type 'Null' is not a subtype of type 'int' in type cast", "TypeError", None),
        ("Null check operator used on a null value", "TypeError", None),
        ("'package:shop/a.dart': Failed assertion: line 3 pos 8: 'x': no card", "AssertionError", None),
        ("NoSuchMethodError: The getter 'x' was called on null.", "NoSuchMethodError", None),
        ("Exception: no card", "Exception", "no card"),
        ("Exception", "Exception", None),
        ("PaymentDeclined: no card", "PaymentDeclined", "no card"),
        ("Instance of 'PaymentError'", "PaymentError", None),
        ("DioException [bad response]: 404", "DioException", None),
        ("MissingPluginException(No implementation found)", "MissingPluginException", None),
        ("SocketException: refused, errno = 111", "SocketException", "refused, errno = 111"),
        ("no card", None, None),
        ("what: ever", None, None),
    ],
)
def test_the_type_that_a_message_tells(message: str, kind: str | None, value: str | None) -> None:
    found, lines = dart_errors.named([message])

    assert found == kind
    if value is not None:
        assert lines == [value]


@pytest.mark.parametrize(
    ("sentence", "message", "kind", "value"),
    [
        ("The following StateError was thrown:", "Bad state: x", "StateError", "Bad state: x"),
        ("The following CartError object was thrown during a tick:", "no card", "CartError", "no card"),
        ("The following message was thrown building Cart:", "no card", None, "no card"),
        ("The following assertion was thrown:", "RangeError: far", "RangeError", "far"),
        ("The following assertion was thrown:", "no card", "AssertionError", "no card"),
        ("The number 7 was thrown building Cart:", "", None, "7"),
    ],
)
def test_the_sentence_above_a_message(sentence: str, message: str, kind: str | None, value: str) -> None:
    found, lines = dart_errors.caught([sentence, message])

    assert (found, "\n".join(lines).strip()) == (kind, value)


def test_unhandled() -> None:
    found = dart_errors.unhandled(["x", "01:02 Unhandled exception:", "no card"], 3)

    assert found is not None
    assert found[0] == 1
    assert dart_errors.unhandled(["x"], 1) is None
