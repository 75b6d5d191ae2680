import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample

CHARGED = ["main /srv/shop/shop.c:13", "checkout /srv/shop/shop.c:11", "charge /srv/shop/shop.c:10"]


def own(name: str) -> list[str]:
    return [call for call in calls(only(name)) if not call.startswith("[")]


def test_memory_used_after_it_was_freed() -> None:
    parsed = sample("native/asan")

    assert parsed.platform == "native"
    assert said(parsed) == [
        ("AddressSanitizer: heap-use-after-free", "READ of size 4 at 0x602000000014 thread T0")
    ]
    assert own("native/asan") == CHARGED
    assert parsed.unread == 10, "the stacks that freed and allocated it are kept as text"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("segv", "UndefinedBehaviorSanitizer"),
        ("ubsan", "UndefinedBehaviorSanitizer"),
        ("leak", "LeakSanitizer: detected memory leaks"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert only(f"native/{name}").type == kind
    assert own(f"native/{name}") == CHARGED


def test_of_a_race_the_access_that_was_seen() -> None:
    assert only("native/tsan").type == "ThreadSanitizer: data race"
    assert calls(only("native/tsan")) == ["shop_tsan|main /srv/shop/shop.c:13"]


def test_valgrind() -> None:
    assert said(sample("native/valgrind")) == [("valgrind", "Invalid read of size 4")]
    assert calls(only("native/valgrind")) == ["main shop.c:13", "checkout shop.c:11", "charge shop.c:10"]


def test_undefined_behaviour_without_calls_has_its_place() -> None:
    parsed = parse("till.c:10:193: runtime error: division by zero")
    assert calls(parsed.exceptions[0]) == ["None till.c:10:193"]


@pytest.mark.parametrize(
    "text", ["main.go:24: runtime error: index out of range", "use AddressSanitizer: it finds much"]
)
def test_other_errors_are_no_reports(text: str) -> None:
    assert parse(text, "native").exceptions == ()
