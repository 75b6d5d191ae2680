"""Links to what is in the window: strict, as any web page may hold one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desktop import app_link
from app.desktop.app_link import AppLink

EVENT = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("link", [AppLink(issue_id=7), AppLink(issue_id=10**17), AppLink(event_id=EVENT)])
def test_a_link_is_read_as_it_is_written(link: AppLink) -> None:
    assert app_link.parse(link.text) == link
    assert app_link.parse(link.text + "/") == link, "some desktops add it"


@pytest.mark.parametrize(
    "text",
    [
        "arecibo:issue/7",
        "arecibo://issue/0",
        "arecibo://issue/-7",
        "arecibo://issue/07",
        "arecibo://issue/7?do=delete",
        "arecibo://issue/7#x",
        "arecibo://issue/7/8",
        "arecibo://issue/9999999999999999999",
        "arecibo://issue/٣",
        "arecibo://event/" + EVENT[:-1],
        "arecibo://event/" + EVENT.upper(),
        "arecibo://event/" + EVENT + "\n",
        " arecibo://issue/7",
        "ARECIBO://issue/7",
        "http://issue/7",
        "arecibo://delete/7",
        "",
    ],
)
def test_nothing_else_is_one(text: str) -> None:
    assert app_link.parse(text) is None


@given(st.text() | st.from_regex(r"arecibo://[a-z]*/[0-9a-f/?#%-]{0,40}"))
def test_what_is_read_is_written_the_same(text: str) -> None:
    found = app_link.parse(text)
    assert found is None or found.text == text.rstrip("/")


def test_what_was_meant_as_one_is_known() -> None:
    assert app_link.looks_like_one("Arecibo://Issue/7")
    assert not app_link.looks_like_one("arecibo.json")
