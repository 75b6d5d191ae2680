"""User, browser, system, device: said once, by the best that the client sent."""

import pytest

from app.event_parts import surroundings
from app.event_parts.surroundings import Fact
from app.model import Request, UserAgent
from tests.ui.detail.samples import bare_event

PHONE = UserAgent(
    raw="…",
    browser="Mobile Safari",
    browser_version="17.4",
    os="iOS",
    os_version="17.4",
    device="iPhone",
    kind="mobile",
)


def texts(*facts: Fact) -> list[tuple[str, str]]:
    return [(fact.icon, fact.text) for fact in facts]


def test_a_header_says_browser_system_and_device() -> None:
    found = surroundings.facts(bare_event(), PHONE)
    assert texts(*found) == [("browser", "Mobile Safari 17"), ("apple", "iOS 17.4"), ("phone", "iPhone")]
    assert [(fact.tag, fact.tagged) for fact in found] == [
        ("browser", "Mobile Safari"),
        ("os", "iOS"),
        ("", ""),
    ]


def test_contexts_say_them_where_no_header_came() -> None:
    contexts = {
        "browser": {"name": "Firefox", "version": "140.0"},
        "os": {"name": "Android", "version": 14},
        "device": {"manufacturer": "Google", "model": "Pixel 8", "simulator": False},
        "runtime": {"name": "node", "version": "v20"},
    }
    assert texts(*surroundings.facts(bare_event(contexts=contexts), None)) == [
        ("browser", "Firefox 140.0"),
        ("android", "Android 14"),
        ("phone", "Google Pixel 8"),
        ("cpu", "node v20"),
    ]


@pytest.mark.parametrize(
    "contexts",
    [{"browser": "x", "os": [], "device": 3, "runtime": None}, {"os": {"name": {}}, "device": {"model": []}}],
)
def test_contexts_of_any_shape_are_no_fault(contexts: dict[str, object]) -> None:
    assert surroundings.facts(bare_event(contexts=contexts), None) == ()


def test_a_user_is_found_by_what_the_digest_files() -> None:
    user = {"email": "a@b.c", "id": 17, "name": "Ada", "ip_address": "10.0.0.9"}
    (fact,) = surroundings.facts(bare_event(user=user), None)
    assert (fact.text, fact.tag, fact.tagged) == ("Ada · a@b.c · 17 · 10.0.0.9", "user", "17")
    assert surroundings.more_of_user(user | {"plan": "free"}) == {"plan": "free"}


def test_tags_that_say_the_same_are_left_out() -> None:
    event = bare_event(
        environment="test",
        release="a@1",
        request=Request(url="http://x/"),
        tags={
            "environment": "test",
            "release": "a@2",
            "url": "http://x/",
            "b": "1",
            "a": "2",
            "os": "iOS 17.4",
        },
    )
    beside = surroundings.tags_beside(event, surroundings.facts(event, PHONE))
    assert list(beside.items()) == [("a", "2"), ("b", "1"), ("release", "a@2")]


def test_the_address_is_that_of_the_request_or_of_the_page() -> None:
    assert surroundings.address(bare_event(request=Request(url="http://x/"))) == "http://x/"
    assert surroundings.address(bare_event(tags={"url": "http://y/"})) == "http://y/"
    assert surroundings.address(bare_event()) == ""
