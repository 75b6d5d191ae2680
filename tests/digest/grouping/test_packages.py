import pytest

from app.digest.grouping.packages import package
from app.model import Frame


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        (Frame(abs_path="/venv/lib/python3.11/site-packages/django/db.py"), "django"),
        (Frame(filename="/srv/node_modules/@sentry/node/index.js"), "@sentry/node"),
        (Frame(filename="/srv/gems/rack-3.0.8/lib/rack.rb"), "rack"),
        (Frame(filename="/srv/vendor/symfony/http/Kernel.php"), "symfony/http"),
        (Frame(filename="/usr/lib/python3.11/json/decoder.py"), "python"),
        (Frame(filename="node:internal/timers"), "node"),
        (Frame(module="org.springframework.web.Filter"), "org.springframework"),
        (Frame(module="shop.pay"), "shop"),
        (Frame(filename="C:\\shop\\pay.exe"), "pay.exe"),
        (Frame(), "the runtime"),
    ],
)
def test_packages(frame: Frame, name: str) -> None:
    assert package(frame) == name
