import pytest

from app.protocols.in_app import is_in_app


@pytest.mark.parametrize(
    ("path", "in_app"),
    [
        ("/srv/shop/views.py", True),
        ("/usr/lib/python3.11/json/decoder.py", False),
        ("/venv/lib/python3.11/site-packages/flask/app.py", False),
        ("C:\\shop\\venv\\Lib\\site-packages\\flask\\app.py", False),
        ("C:\\Python311\\Lib\\json\\decoder.py", False),
        ("/app/node_modules/express/index.js", False),
        ("node:internal/timers", False),
        ("<frozen importlib._bootstrap>", False),
        ("/home/ann/libs/python/app.py", True),
    ],
)
def test_the_path_tells_whose_code_it_is(path: str, in_app: bool) -> None:
    assert is_in_app(path) is in_app
