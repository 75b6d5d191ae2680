"""Where a source file lies, and what it is called within its project."""

import pytest

from app.protocols.event import project_paths

ROOT = "/srv/shop"


@pytest.mark.parametrize(
    ("file", "root", "expected"),
    [
        ("/PROJECT_ROOT/pay/card.py", ROOT, ("pay/card.py", "/srv/shop/pay/card.py")),
        ("[PROJECT_ROOT]/pay/card.py", "/srv/shop/", ("pay/card.py", "/srv/shop/pay/card.py")),
        ("[PROJECT_ROOT]\\pay.py", None, ("pay.py", None)),
        ("/PROJECT_ROOTS/pay.py", ROOT, ("/PROJECT_ROOTS/pay.py", "/PROJECT_ROOTS/pay.py")),
        ("/SITE_PACKAGES/flask/app.py", ROOT, ("site-packages/flask/app.py", None)),
        ("[NODE_MODULES]/router/index.js", ROOT, ("node_modules/router/index.js", None)),
        ("/GEM_ROOT/gems/rack-3/rack.rb", ROOT, ("gems/rack-3/rack.rb", None)),
        ("/srv/shop/pay.py", ROOT, ("pay.py", "/srv/shop/pay.py")),
        ("/srv/shopping/pay.py", ROOT, ("/srv/shopping/pay.py", "/srv/shopping/pay.py")),
        ("C:\\shop\\pay.py", "C:\\shop", ("pay.py", "C:\\shop\\pay.py")),
        ("/pay.py", "/", ("/pay.py", "/pay.py")),
        ("http://shop/app.js", "http://shop", ("http://shop/app.js", "http://shop/app.js")),
        ("node:fs", ROOT, ("node:fs", "node:fs")),
        ("", ROOT, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_places(file: str | None, root: str | None, expected: tuple[str | None, str | None]) -> None:
    assert project_paths.place(file, root) == expected
