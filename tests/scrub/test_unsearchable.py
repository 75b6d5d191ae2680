"""The exception carries its sentence."""

from app.scrub.unsearchable import Unsearchable


def test_its_text_is_the_sentence() -> None:
    assert str(Unsearchable("It is binary.")) == "It is binary."
