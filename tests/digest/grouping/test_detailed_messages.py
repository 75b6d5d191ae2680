import pytest

from app.digest.grouping import detailed_messages
from app.model import ExceptionInfo

UNDEFINED = "undefined method `prise' for an instance of Cart"


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (
            f"{UNDEFINED} (NoMethodError)\n\n    cart.prise(3)\n        ^^^^^^\nDid you mean?  price",
            UNDEFINED,
        ),
        (
            "undefined local variable or method 'fo' for main:Object\nDid you mean?  for\n               foo",
            "undefined local variable or method 'fo' for main:Object",
        ),
        ("no card (NoMethodError)\nsecond line", "no card\nsecond line"),
        ("no card (KeyError)", "no card (KeyError)"),
        ("2 ^ 3 is 1", "2 ^ 3 is 1"),
        ("plain\n\nmore", "plain\n\nmore"),
        ("", ""),
    ],
)
def test_what_counts(value: str, counts: str) -> None:
    assert detailed_messages.message(ExceptionInfo(type="NoMethodError", value=value)) == counts


def test_without_a_value() -> None:
    assert detailed_messages.message(ExceptionInfo(type="E")) == ""
