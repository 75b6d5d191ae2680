import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

DECLINED = ("Payer\\Declined", "order 7 was declined\nask the bank")


def test_each_place_goes_with_the_function_around_it() -> None:
    parsed = sample("php/plain")

    assert (parsed.platform, parsed.before) == ("php", "")
    assert said(parsed) == [DECLINED]
    assert calls(parsed.exceptions[0]) == [
        "None /srv/shop/pay.php:14",
        "Shop\\pay /srv/shop/pay.php:6",
        "[Payer\\Gateway::open /srv/shop/vendor/payer/Gateway.php:8]",
        "Shop\\{closure} /srv/shop/pay.php:6",
        "[Payer\\Gateway::charge /srv/shop/vendor/payer/Gateway.php:6]",
    ]
    assert sample("php/arguments").exceptions == parsed.exceptions


@pytest.mark.parametrize(
    ("name", "before"), [("chain", ""), ("string", ""), ("error_log", "[24-Nov-2026 06:32:49 UTC]")]
)
def test_causes_come_first(name: str, before: str) -> None:
    parsed = sample(f"php/{name}")

    assert parsed.before == before
    assert said(parsed) == [DECLINED, ("Shop\\ShopError", "checkout failed")]
    cause, raised = parsed.exceptions
    assert calls(cause)[-6:-3] == [
        "[array_map [internal]]",
        "Shop\\Cart::Shop\\{closure} /srv/shop/pay.php:8",
        "Shop\\pay /srv/shop/pay.php:6",
    ]
    assert calls(raised)[1:] == ["Shop\\Cart::checkout /srv/shop/pay.php:8"]


def test_three_of_them() -> None:
    parsed = sample("php/triple")

    assert said(parsed) == [DECLINED, ("Shop\\ShopError", "checkout failed"), ("LogicException", "outer")]
    assert calls(parsed.exceptions[2]) == ["None /srv/shop/pay.php:13"]


def test_messages() -> None:
    assert said(sample("php/top")) == [("Exception", None)]
    assert said(sample("php/anon")) == [("DomainException", "from (a) closure: x:3")]
    old = parse(
        "exception 'Shop\\Declined' with message 'no' in /srv/shop/pay.php:3\nStack trace:\n#0 {main}\n"
        "\nNext exception 'Oops' with message 'it's' in /srv/shop/pay.php:4\nStack trace:\n#0 {main}\n"
    )
    assert said(old) == [("Shop\\Declined", "no"), ("Oops", "it's")]


def test_evaluated_code_and_closures_of_php_84() -> None:
    assert calls(only("php/eval")) == [
        "None /srv/shop/pay.php:22",
        "eval /srv/shop/pay.php(22) : eval()'d code:1",
    ]
    parsed = parse(
        "Exception: x in /srv/a.php:3\nStack trace:\n"
        "#0 /srv/a.php(9): Shop\\{closure:Shop\\pay():6}(Array)\n#1 {main}"
    )
    assert parsed.exceptions[0].frames[-1].function == "Shop\\{closure:Shop\\pay():6}"


def test_a_trace_alone_does_not_say_where_it_was_made() -> None:
    parsed = sample("php/trace")

    assert said(parsed) == [(None, None)]
    assert calls(parsed.exceptions[0]) == ["None /srv/shop/pay.php:19", "Shop\\Cart::checkout "]
    assert calls(parse("#0 {main}").exceptions[0]) == []


def test_monolog_writes_what_was_raised_and_then_what_came_before() -> None:
    parsed = sample("php/laravel")

    assert said(parsed) == [("PDOException", 'SQLSTATE[42] "x"'), ("Shop\\Declined", "declined")]
    assert parsed.unread == 0
    assert calls(parsed.exceptions[1]) == [
        "[None /srv/shop/vendor/laravel/x.php:9]",
        "{closure} /srv/shop/pay.php:8",
        "Shop\\Till::charge /srv/shop/Till.php:6",
    ]
    assert calls(parsed.exceptions[0]) == ["None /srv/shop/Till.php:5", "PDO::query /srv/shop/Db.php:3"]

    symfony = parse(
        '[2026-11-30T01:02:03+00:00] app.CRITICAL: no {"exception":"[object] (E(code: 0): no at /a.php:3)\n'
        '[stacktrace]\n#0 {main}\n"} []\n'
    )
    assert symfony.before == "[2026-11-30T01:02:03+00:00] app.CRITICAL: no"
    assert (said(symfony), symfony.unread) == ([("E", "no")], 0)


def test_a_class_of_any_name_above_its_trace() -> None:
    for name in ("class_string", "class_uncaught"):
        parsed = sample(f"php/{name}")
        assert said(parsed) == [("Declined", "declined\nby the bank"), ("RuntimeException", "could not pay")]


def test_what_debug_print_backtrace_wrote() -> None:
    parsed = parse("#0  f(1) called at [/srv/a.php:10]\n#1  Till->pay() called at [/srv/b.php:12]\n")

    assert calls(parsed.exceptions[0]) == [
        "None /srv/b.php:12",
        "Till::pay /srv/a.php:10",
        "f ",
    ]


def test_arguments_of_several_lines_and_the_next_trace() -> None:
    trace = "E: no in /srv/a.php:3\nStack trace:\n#0 /srv/a.php(4): f('one\ntwo')\n#1 {main}\n"
    parsed = parse(f"{trace}PHP Fatal error:  Uncaught E: other in /srv/a.php:9\nStack trace:\n#0 {{main}}\n")

    assert said(parsed) == [("E", "no")]
    assert calls(parsed.exceptions[0]) == ["None /srv/a.php:4", "f /srv/a.php:3"]
    assert parsed.unread == 4
