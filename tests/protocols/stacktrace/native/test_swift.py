import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def own(name: str) -> list[str]:
    return [call for call in calls(only(name)) if not call.startswith("[")]


def test_a_fatal_error_on_linux() -> None:
    parsed = sample("swift/linux")

    assert (parsed.platform, parsed.before, parsed.unread) == ("cocoa", "", 0)
    assert said(parsed) == [("Fatal error", "total is negative: -5")]
    assert own("swift/linux") == [
        "shop|static Shop.main() /srv/shop/Sources/shop/main.swift:9:5",
        "shop|charge(_:total:) /srv/shop/Sources/shop/till.swift:3:24",
    ]


def test_before_54_the_place_stood_behind() -> None:
    assert said(sample("swift/old")) == [("Fatal error", "Index out of range")]
    assert own("swift/old") == ["shop|main ", "shop|charge(_:total:) "]


def test_without_calls_the_place_is_the_frame() -> None:
    parsed = parse(
        "Shop/Till.swift:12: Fatal error: Unexpectedly found nil while unwrapping an Optional value\n"
    )
    assert calls(parsed.exceptions[0]) == ["None Shop/Till.swift:12"]


def test_of_a_crash_report_the_thread_that_crashed() -> None:
    parsed = sample("swift/crash_report")
    assert said(parsed) == [("EXC_BAD_ACCESS", "SIGSEGV")]
    assert own("swift/crash_report") == [
        "Shop|static Shop.main() Main.swift:9",
        "Shop|specialized Array.map<A>(_:) ",
        "Shop|Till.charge(_:total:) Till.swift:3",
    ]
    assert parsed.unread == 2, "another thread"


def test_an_uncaught_exception_of_cocoa() -> None:
    assert said(sample("swift/uncaught")) == [
        ("NSRangeException", "*** -[__NSArrayM objectAtIndex:]: index 5 beyond bounds [0 .. 2]")
    ]
    assert own("swift/uncaught") == ["Shop|main ", "Shop|-[Till charge:total:] "]


@pytest.mark.parametrize(
    "text",
    [
        "Fatal error: the disk is full",
        "0 errors in the shop\n1 warning in the till",
        "Fatal error: no money\n0 errors in total\n1 warning in all",
        "Exception Type: none",
    ],
)
def test_prose_is_no_crash(text: str) -> None:
    assert parse(text, "cocoa").exceptions == ()


def test_a_crash_without_a_fatal_error_is_called_by_its_reason() -> None:
    parsed = sample("swift/signal")

    assert said(parsed) == [("Program crashed", "Bad pointer dereference at 0x0000000000000008")]
    assert own("swift/signal") == [
        "shop|static Main.main() /srv/shop/Sources/main.swift:9:8",
        "shop|Till.charge(_:total:) /srv/shop/Sources/till.swift:3:18",
    ]
    assert parsed.unread == 0
