import pytest

from app.digest.grouping.packages import package
from tests.digest.grouping.events import frame


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/venv/lib/python3.12/site-packages/django/core/handlers/base.py", "django"),
        ("/usr/lib/python3/dist-packages/six.py", "six"),
        ("C:\\venv\\Lib\\site-packages\\flask\\app.py", "flask"),
        ("/srv/shop/node_modules/express/lib/router.js", "express"),
        ("/srv/shop/node_modules/@sentry/node/build/index.js", "@sentry/node"),
        ("/srv/shop/node_modules/a/node_modules/b/index.js", "b"),
        ("/var/lib/gems/3.1.0/gems/rack-3.0.8/lib/rack/builder.rb", "rack"),
        ("/srv/shop/vendor/symfony/http-kernel/Kernel.php", "symfony/http-kernel"),
        ("/home/ann/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go", "github.com/gin-gonic/gin"),
        ("/home/ann/.cargo/registry/src/index.crates.io-6f17d22b/tokio-1.35.0/src/lib.rs", "tokio"),
        ("/usr/lib/python3.12/json/decoder.py", "python"),
        ("node:internal/modules/cjs/loader", "node"),
        ("/srv/shop/till.py", "till.py"),
        ("", "the runtime"),
    ],
)
def test_the_folder_names_the_package(path: str, name: str) -> None:
    assert package(frame("f", None, filename="x", abs_path=path) if path else frame("f", None)) == name


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("org.springframework.web.filter.OncePerRequestFilter", "org.springframework"),
        ("com.acme.Till", "com.acme"),
        ("java.lang.Thread", "java"),
        ("shop.pay", "shop"),
        ("django.core.handlers", "django"),
    ],
)
def test_a_module_names_it_where_no_folder_does(module: str, name: str) -> None:
    assert package(frame("f", module)) == name
    assert package(frame("f", module, filename="/v/site-packages/flask/app.py")) == "flask"
