from app.digest.grouping.policies import violated


def test_a_violation_names_its_directive_and_the_blocked_host() -> None:
    csp = {"effective_directive": "script-src 'self'", "blocked_uri": "https://evil.example/x.js?a=1"}

    assert violated({"csp": csp}) == ("script-src", "evil.example")
    assert violated({"csp": {"violated-directive": "img-src", "blocked-uri": "inline"}}) == (
        "img-src",
        "inline",
    )


def test_other_policies_name_the_host() -> None:
    assert violated({"expectct": {"hostname": "shop.example"}}) == ("expectct", "shop.example")


def test_what_is_no_violation() -> None:
    assert violated({}) is None
    assert violated({"csp": "text"}) is None
