import pytest

from app.protocols.stacktrace.frames import frame


@pytest.mark.parametrize(
    ("path", "is_absolute"),
    [
        ("/srv/shop/pay.py", True),
        ("C:\\shop\\Pay.cs", True),
        ("c:/shop/pay.js", True),
        ("\\\\server\\share\\pay.cs", True),
        ("https://shop.test/static/cart.js", True),
        ("webpack-internal:///./src/cart.ts", True),
        ("src/main.rs", False),
        ("Cart.java", False),
        ("node:internal/modules/cjs/loader", False),
        ("<anonymous>", False),
    ],
)
def test_an_absolute_path_is_also_the_full_path(path: str, is_absolute: bool) -> None:
    found = frame("other", path)

    assert (found.filename, found.abs_path) == (path, path if is_absolute else None)


@pytest.mark.parametrize(
    ("platform", "path", "module", "in_app"),
    [
        ("python", "/srv/shop/pay.py", None, True),
        ("python", "/usr/lib/python3.12/site-packages/flask/app.py", None, False),
        ("node", "/srv/shop/node_modules/express/lib/router.js", None, False),
        ("java", "Cart.java", "shop.Cart", True),
        ("java", "Method.java", "java.lang.reflect.Method", False),
    ],
)
def test_code_of_libraries_is_not_the_apps(
    platform: str, path: str, module: str | None, in_app: bool
) -> None:
    assert frame(platform, path, 1, module=module).in_app is in_app


def test_a_source_line_needs_its_number() -> None:
    assert frame("python", "pay.py", 3, context="pay()").context == ((3, "pay()"),)
    assert frame("python", "pay.py", context="pay()").context == ()
    assert frame("python", "pay.py", 3, context="").context == ()
