"""The colours that a project may have are seen on every ground of the sidebar."""

import pytest

from tests.ui.test_theme import contrast
from ui.sidebar.delegate import COLOURS, colour_of
from ui.theme import Theme


@pytest.mark.parametrize("token", COLOURS)
def test_a_colour_of_a_project_has_contrast(token: str, dressed: Theme) -> None:
    own = colour_of(token)
    assert own is not None
    for ground in (dressed.sidebar, dressed.hover, dressed.selected, dressed.selected_inactive):
        assert contrast(own, ground) >= 3


def test_what_is_no_colour_of_a_project(dressed: Theme) -> None:
    assert [colour_of(token) for token in (None, "danger", "dark", "no such")] == [None] * 4
