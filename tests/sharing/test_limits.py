"""The default of the preferences is within the limits."""

from app.preferences import Preferences
from app.sharing import limits


def test_the_default_is_the_one_of_the_preferences() -> None:
    assert Preferences().markdown_characters == limits.DEFAULT_CHARACTERS
    assert limits.LEAST_CHARACTERS < limits.DEFAULT_CHARACTERS < limits.MOST_CHARACTERS
