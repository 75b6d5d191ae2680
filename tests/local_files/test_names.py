"""File names as clients send them, brought into one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.local_files import names


@pytest.mark.parametrize(
    ("sent", "canonical"),
    [
        ("/app/shop/cart.py", "/app/shop/cart.py"),
        ("/app/./shop/cart.py", "/app/shop/cart.py"),
        ("file:///app/a%20b.py", "/app/a b.py"),
        ("file://localhost/app/a.py", "/app/a.py"),
        ("file:///C:/x/y.py", "C:/x/y.py"),
        ("file://server/share/a.py", "//server/share/a.py"),
        ("C:\\app\\cart.cs", "C:/app/cart.cs"),
        ("c:/app/cart.cs", "C:/app/cart.cs"),
        ("\\\\wsl$\\Ubuntu\\home\\ada\\x.py", "/home/ada/x.py"),
        ("\\\\wsl.localhost\\Debian\\home\\ada\\x.py", "/home/ada/x.py"),
        ("src\\a\\b.cs", "./src/a/b.cs"),
        ("shop/cart.py", "./shop/cart.py"),
        ("./shop/cart.py", "./shop/cart.py"),
        ("../shop/cart.py", "./../shop/cart.py"),
        ("webpack:///./src/x.js", "webpack:///src/x.js"),
        ("webpack:///src/x.js?a1b2", "webpack:///src/x.js"),
        ("webpack://web/./src/x.js", "webpack://web/src/x.js"),
        ("webpack-internal:///./src/x.js", "webpack-internal:///src/x.js"),
        ("http://localhost:5173/src/App.tsx?t=17", "http://localhost:5173/src/App.tsx"),
        ("/src/App.tsx?t=17", "/src/App.tsx"),
        ("app:///main.js", "app:///main.js"),
    ],
)
def test_one_form(sent: str, canonical: str) -> None:
    assert names.canonical(sent) == canonical


@pytest.mark.parametrize("sent", ["", "<frozen os>", "[native code]", "/a\0b", "/" + "x" * 5_000, "./"])
def test_what_names_no_file(sent: str) -> None:
    assert names.canonical(sent) is None


@pytest.mark.parametrize(
    ("sent", "prefix"),
    [
        ("/usr/src/app/", "/usr/src/app"),
        ("/", ""),
        (".", "."),
        ("./", "."),
        ("src", "./src"),
        ("C:\\", "C:"),
        ("webpack:///", "webpack://"),
        ("webpack:///./src/", "webpack:///src"),
        ("webpack://web/", "webpack://web"),
        ("  ", None),
        ("<x>", None),
    ],
)
def test_what_a_map_compares_with(sent: str, prefix: str | None) -> None:
    assert names.prefix(sent) == prefix


@pytest.mark.parametrize(
    ("name", "beginning", "parts"),
    [
        ("/app/x.py", "/", ("app", "x.py")),
        ("./x.py", "./", ("x.py",)),
        ("C:/app/x.py", "C:/", ("app", "x.py")),
        ("webpack:///src/x.js", "webpack:///", ("src", "x.js")),
        ("http://localhost:80/x.js", "http://localhost:80/", ("x.js",)),
        ("//server/share/x", "//", ("server", "share", "x")),
    ],
)
def test_parts(name: str, beginning: str, parts: tuple[str, ...]) -> None:
    assert names.parts(name) == (beginning, parts)


def test_what_it_may_mean_here() -> None:
    assert list(names.here("/app/x.py", "linux")) == ["/app/x.py"]
    assert list(names.here("file:///app/x.py", "linux")) == ["file:///app/x.py", "/app/x.py"]
    assert list(names.here("C:\\app\\x.py", "linux")) == ["C:\\app\\x.py", "C:/app/x.py", "/mnt/c/app/x.py"]
    assert list(names.here("/mnt/c/app/x.py", "win32")) == ["/mnt/c/app/x.py", "C:/app/x.py"]
    assert list(names.here("<frozen os>", "linux")) == ["<frozen os>"]


@given(st.text())
def test_any_name_has_one_form_that_stays(sent: str) -> None:
    canonical = names.canonical(sent)
    if canonical is not None:
        beginning, parts = names.parts(canonical)
        assert all(parts)
        assert canonical.startswith(beginning)


@pytest.mark.parametrize(
    ("path", "platform", "is_share"),
    [
        (r"\\evil.example\share\cart.py", "win32", True),
        ("//evil.example/share/cart.py", "win32", True),
        (r"/\evil.example\share", "win32", True),
        (r"\\.\pipe\x", "win32", True),
        (r"C:\src\cart.py", "win32", False),
        ("/src/cart.py", "win32", False),
        ("//src/cart.py", "linux", False),
        ("//src/cart.py", "darwin", False),
    ],
)
def test_a_path_that_asks_another_machine_is_known(path: str, platform: str, is_share: bool) -> None:
    assert names.is_share(path, platform) is is_share
