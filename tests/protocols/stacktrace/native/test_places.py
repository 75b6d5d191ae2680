import pytest

from app.protocols.stacktrace.native.places import is_foreign, native_frame


@pytest.mark.parametrize(
    ("function", "path", "image"),
    [
        ("abort", "./stdlib/abort.c", None),
        ("__libc_start_main", None, "/lib/x86_64-linux-gnu/libc.so.6"),
        ("__interceptor_free", "../../../../src/libsanitizer/asan/asan_malloc_linux.cpp", None),
        ("std::terminate()", None, None),
        ("objc_exception_throw", None, "libobjc.A.dylib"),
        ("__exceptionPreprocess", None, "CoreFoundation"),
        ("openatZ", "/usr/lib/zig/std/posix.zig", None),
        (None, None, r"C:\Windows\System32\ntdll.dll"),
    ],
)
def test_the_systems_and_the_runtimes(function: str | None, path: str | None, image: str | None) -> None:
    assert is_foreign(function, path, image)
    assert not native_frame(function, path, image=image).in_app


@pytest.mark.parametrize(
    ("function", "path", "image"),
    [
        ("charge(int)", "/srv/shop/till.cpp", None),
        ("main", None, "./shop"),
        ("standard::total()", "stdlib.cpp", None),
        ("Java_com_example_Till", None, "/data/app/com.example.shop/lib/arm64/libshop.so"),
    ],
)
def test_the_apps_own(function: str, path: str | None, image: str | None) -> None:
    assert not is_foreign(function, path, image)


def test_an_image_is_the_frames_module() -> None:
    assert native_frame("main", image="/opt/bin/shop").module == "shop"
    assert native_frame("main", image=r"C:\shop\shop.exe").module == "shop.exe"


def test_a_frame_of_which_nothing_is_known_is_not_the_apps() -> None:
    assert not native_frame(None).in_app
