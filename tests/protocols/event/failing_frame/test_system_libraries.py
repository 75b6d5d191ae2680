"""Libraries of systems and runtimes, and what apps have beside them."""

import pytest

from app.protocols.event.failing_frame import system_libraries


@pytest.mark.parametrize(
    "path",
    [
        "/system/lib/libart.so",
        "/system/lib64/libhwui.so",
        "/apex/com.android.runtime/lib64/bionic/libc.so",
        "/usr/lib/x86_64-linux-gnu/libc.so.6",
        "/lib/x86_64-linux-gnu/libpthread-2.31.so",
        "/usr/lib/libstdc++.so.6.0.30",
        "/lib64/ld-linux-x86-64.so.2",
        "/usr/lib/system/libsystem_kernel.dylib",
        "libobjc.A.dylib",
        "libswiftCore.dylib",
        "/System/Library/Frameworks/UIKit.framework/UIKit",
        "CoreFoundation",
        "C:\\Windows\\System32\\ntdll.dll",
        "KERNELBASE.dll",
        "/data/app/x-1/lib/arm/libbugsnag-ndk.so",
        "linux-vdso.so.1",
        "node:internal/process/task_queues",
        "internal/modules/cjs/loader.js",
        "<frozen importlib._bootstrap>",
        "<internal:kernel>",
        "[internal function]",
        "[C]",
    ],
)
def test_a_library_of_the_system(path: str) -> None:
    assert system_libraries.holds(path, None, compiled=False)


@pytest.mark.parametrize(
    "path",
    [
        "/data/app/x-1/lib/arm/libshop.so",
        "/usr/lib/libcart.so.3",
        "/usr/lib/shop/shop.py",
        "/opt/shop/libcore.so",
        "C:\\Shop\\Windows\\cart.dll",
        "Shop",
        "shop.rs",
        "src/internal/cart.js",
        "internal/cart/total.go",
        "native/cart.c",
        "nativescript.js",
        "https://shop.test/system/app.js",
        None,
    ],
)
def test_what_may_be_the_apps(path: str | None) -> None:
    assert not system_libraries.holds(path, "total", compiled=True)


@pytest.mark.parametrize(
    ("function", "is_of_runtime"),
    [
        ("std::vector<int>::at(unsigned long)", True),
        ("void std::sort<int*>(int*, int*)", True),
        ("core::ops::function::FnOnce::call_once", True),
        ("<i64 as core::iter::traits::accum::Sum>::sum", True),
        ("<alloc::vec::Vec<T> as core::ops::Index>::index", True),
        ("__libc_start_main", True),
        ("<shop::Cart as core::ops::Drop>::drop", False),
        ("shop::std::total", False),
        ("standard::total", False),
        ("core::Engine::update()", False),
        ("start", False),
    ],
)
def test_by_the_names_of_compiled_functions(function: str, is_of_runtime: bool) -> None:
    assert system_libraries.holds(None, function, compiled=True) is is_of_runtime
    assert not system_libraries.holds(None, function, compiled=False)
