"""What an app is called that has no DSN."""

from typing import Any

import pytest

from app.protocols.sentry import app_name, schema


def event(*paths: str, **fields: Any) -> schema.SentryEvent:
    frames = [schema.SentryFrame(abs_path=path) for path in paths]
    raised = schema.SentryExceptionValue(type="E", stacktrace=schema.SentryStacktrace(frames))
    return schema.SentryEvent(exception=[raised] if paths else None, **fields)


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        (event(release="shop@1.2.3"), "shop"),
        (event("/srv/blog/main.py", release="com.example.shop@1.0+3", server_name="vm"), "com.example.shop"),
        (event("/srv/blog/main.py", release="3f2a1b9", server_name="vm"), "blog"),
        (event("/srv/blog/src/app/main.py"), "blog"),
        (event("/usr/lib/python3.11/runpy.py", "/srv/blog/main.py"), "blog"),
        (event("C:\\Users\\ada\\blog\\src\\main.py"), "blog"),
        (event("http://localhost:3000/static/app.js"), "localhost:3000"),
        (event("node:internal/modules", server_name="vm"), "vm"),
        (event("/main.py", server_name="vm"), "vm"),
        (event(extra={"sys.argv": ["/srv/blog/manage.py", "runserver"]}), "blog"),
        (event(extra={"sys.argv": ["manage.py"]}, server_name="vm"), "vm"),
        (event(extra={"sys.argv": "odd"}), None),
        (event(request=schema.SentryRequest(url="http://localhost:3000/cart")), "localhost:3000"),
        (event(request=schema.SentryRequest(url="http://[::1")), None),
        (event(release="@1.2.3"), None),
        (event(), None),
    ],
)
def test_the_name_of_an_app(wire: schema.SentryEvent, name: str | None) -> None:
    assert app_name.of(wire) == name
