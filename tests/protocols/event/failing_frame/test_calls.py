"""The kind of a call."""

import pytest

from app.protocols.event.failing_frame import calls
from app.protocols.event.failing_frame.calls import Call


@pytest.mark.parametrize(
    ("path", "function", "platform", "kind"),
    [
        ("app.js", "total", "javascript", Call.CODE),
        ("<anonymous>", "Array.forEach", "javascript", Call.WRAPPER),
        ("app.js", "setTimeout handler*later", "javascript", Call.BEGINNING),
        ("app.js", "sentryWrapped", "javascript", Call.WRAPPER),
        ("shop.py", "<listcomp>", "python", Call.WRAPPER),
        ("panicking.rs", "rust_begin_unwind", "rust", Call.RAISING),
        ("asan.cpp", "__asan_memcpy", "native", Call.WRAPPER),
        (None, None, None, Call.CODE),
    ],
)
def test_the_kind_of_a_call(path: str | None, function: str | None, platform: str | None, kind: Call) -> None:
    assert calls.of(path, None, function, platform) is kind
    assert calls.known(path, None, function, platform)[0] is kind


@pytest.mark.parametrize(
    ("function", "platform", "is_of_language"),
    [
        ("net/http.(*conn).serve", "go", True),
        ("strings.Repeat", "go", True),
        ("github.com/ada/shop/strings.Total", "go", False),
        ("main.main", "go", False),
        ("System.Linq.Enumerable.First", "csharp", True),
        ("Shop.Cart.Total", "csharp", False),
        ("java.util.Optional.get", "java", True),
    ],
)
def test_a_call_of_the_language_by_its_whole_name(function: str, platform: str, is_of_language: bool) -> None:
    assert calls.known(None, None, function, platform) == (Call.CODE, is_of_language)


def test_a_call_of_the_system_is_known_as_such() -> None:
    assert calls.known("/system/lib/libc.so", None, None, "native") == (Call.CODE, True)
    assert calls.known(None, None, "std::sort<int*>(int*, int*)", "native") == (Call.CODE, True)
