import pytest

from app.digest.grouping import policies, reasons, v2
from app.model import Event
from tests.digest.grouping.events import event


def test_a_policy_counts_by_its_directive_and_host() -> None:
    def blocked(directive: str, uri: str, page: str = "/") -> Event:
        told = {"effective_directive": directive, "blocked_uri": uri, "document_uri": page}
        return event(message=f"Blocked {uri!r}", extra={"csp": told})

    some = blocked("img-src", "https://ads.example/7.png")
    assert reasons.why(some)[0] == "content security policy: img-src blocked ads.example"
    assert v2.key(some) == v2.key(blocked("img-src", "https://ads.example/8.png", "/cart"))
    assert v2.key(some) != v2.key(blocked("img-src", "https://other.example/7.png"))
    assert v2.key(some) != v2.key(blocked("script-src", "https://ads.example/7.png"))
    pinned = event(message="Expect-CT failed", extra={"expectct": {"hostname": "shop.example"}})
    assert v2.parts(pinned) == ["csp", "expectct", "shop.example"]
    assert v2.parts(event(message="a", extra={"csp": "odd"})) == ["message", "a"]


@pytest.mark.parametrize(
    ("extra", "violated"),
    [
        (
            {"csp": {"effective-directive": "img-src", "blocked-uri": "https://ads.example:8443/7.png"}},
            ("img-src", "ads.example"),
        ),
        ({"csp": {"violated_directive": "img-src 'self'", "blocked_uri": "inline"}}, ("img-src", "inline")),
        ({"csp": {"effective_directive": "script-src 'self'"}}, ("script-src", "")),
        ({"csp": {"effective_directive": 5}}, ("", "")),
        ({"hpkp": {"hostname": "shop.example", "port": 443}}, ("hpkp", "shop.example")),
        ({"expectstaple": {}}, ("expectstaple", "")),
        ({"csp": "odd"}, None),
        ({"order": 7}, None),
    ],
)
def test_what_a_browser_blocked(extra: dict[str, object], violated: tuple[str, str] | None) -> None:
    assert policies.violated(extra) == violated
