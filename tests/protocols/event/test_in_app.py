import pytest

from app.protocols.event.in_app import is_in_app, is_in_app_code


@pytest.mark.parametrize(
    "path",
    [
        "/usr/lib/python3.11/json/decoder.py",
        "/venv/lib/python3.11/site-packages/flask/app.py",
        "C:\\shop\\venv\\Lib\\site-packages\\flask\\app.py",
        "C:\\Python311\\Lib\\json\\decoder.py",
        "site-packages/pip/_vendor/requests/api.py",
        "<frozen importlib._bootstrap>",
        "/app/node_modules/express/index.js",
        "webpack:///./node_modules/react/index.js",
        "webpack:///./~/jquery/dist/jquery.js",
        "./~/jquery/dist/jquery.js",
        "webpack:///(webpack)/buildin/global.js",
        "webpack:///webpack/bootstrap 3f2a",
        "/static/bower_components/angular/angular.js",
        "node:internal/timers",
        "internal/modules/cjs/loader.js",
        "<anonymous>",
        "native",
        "[native code]",
        "InternalBytecode.js",
        "chrome-extension://nkbihfbeogaeaoehlefnkodbefgpgknn/inpage.js",
        "moz-extension://1b2c/content.js",
        "https://cdn.jsdelivr.net/npm/vue@3.4.1/dist/vue.global.prod.js",
        "https://ajax.googleapis.com/ajax/libs/jquery/3.6.0/jquery.min.js",
        "//unpkg.com/react@18/umd/react.development.js",
        "http://localhost:8080/static/js/jquery-3.6.0.min.js?v=2",
        "/usr/lib/ruby/3.1.0/json/common.rb",
        "/home/ann/.rbenv/versions/3.4.1/lib/ruby/3.4.0/set.rb",
        "/var/lib/gems/3.1.0/gems/rack-2.2.4/lib/rack/builder.rb",
        "<internal:kernel>",
        "/srv/shop/vendor/symfony/http-kernel/HttpKernel.php",
        "vendor/autoload.php",
        "phar:///usr/bin/composer/src/Composer/Factory.php",
        "[internal]",
        "/home/ann/go/pkg/mod/github.com/pkg/errors@v0.9.1/errors.go",
        "github.com/pkg/errors@v0.9.1/errors.go",
        "/usr/local/go/src/runtime/panic.go",
        "/usr/lib/go-1.19/src/net/http/server.go",
        "/opt/homebrew/Cellar/go/1.22.1/libexec/src/runtime/panic.go",
        "C:/Program Files/Go/src/runtime/panic.go",
        "$GOROOT/src/net/http/server.go",
        "/srv/shop/vendor/github.com/pkg/errors/errors.go",
        "/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs",
        "/home/ann/.cargo/registry/src/index-6f17d22bba15001f/tokio-1.38.0/src/runtime/park.rs",
        "library/std/src/rt.rs",
        "C:\\shop\\third_party\\zlib\\inflate.c",
    ],
)
def test_installed_vendored_and_builtin_code_is_foreign(path: str) -> None:
    assert not is_in_app(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/srv/shop/views.py",
        "/home/ann/libs/python/app.py",
        "/srv/market/vendors/views.py",
        "/srv/shop/gemstones/cart.rb",
        "/app/src/internal/pay.js",
        "webpack:///./src/cart.js",
        "http://localhost:8080/static/cart.js",
        "https://shop.example.com/assets/react-cart.js",
        "https://jsdelivr.net.example.com/app.js",
        "/go/src/shop/main.go",
        "/home/ann/go/src/github.com/ann/shop/main.go",
        "example.com/shop/till/till.go",
        "src/main.rs",
        "/srv/shop/library/books.php",
        "C:\\shop\\Checkout.cs",
    ],
)
def test_all_else_is_the_apps(path: str) -> None:
    assert is_in_app(path)


@pytest.mark.parametrize(
    ("platform", "module", "in_app"),
    [
        ("java", "com.example.shop.Checkout", True),
        ("java", "java.util.ArrayList", False),
        ("java", "jdk.internal.reflect.NativeMethodAccessorImpl", False),
        ("java", "kotlin.collections.CollectionsKt", False),
        ("java", "org.springframework.web.servlet.DispatcherServlet", False),
        ("java", "com.example.shop.Checkout$$EnhancerBySpringCGLIB$$1f", False),
        ("java", "com.sun.proxy.$Proxy12", False),
        ("java", "javazon.Shop", True),
        ("java", "Loose", True),
        ("csharp", "Shop.Program", True),
        ("csharp", "System.Collections.Generic.List`1", False),
        ("csharp", "Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor", False),
        ("csharp", "Systematic.Shop", True),
        ("go", "main", True),
        ("go", "runtime", False),
        ("go", "net/http", False),
        ("go", "example.com/shop/runtime", True),
        ("go", "networks/shop", True),
        ("python", "java.util", True),
        (None, "java.util", True),
    ],
)
def test_the_module_decides_where_the_path_does_not(platform: str | None, module: str, in_app: bool) -> None:
    assert is_in_app_code(None, module, "pay", platform) is in_app


@pytest.mark.parametrize(
    ("function", "in_app"),
    [
        ("shop::pay::{{closure}}", True),
        ("<shop::till::Till<T> as shop::till::Gateway>::charge", True),
        ("<i64 as shop::Money>::cents", True),
        ("core_shop::pay", True),
        ("std::rt::lang_start", False),
        ("<alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index", False),
        ("<i64 as core::iter::traits::accum::Sum>::sum", False),
        ("<&dyn core::ops::function::Fn<()> as core::ops::function::FnOnce<()>>::call_once", False),
        ("std[e28293b1aa0f68bd]::panicking::default_hook", False),
        ("__rustc::rust_begin_unwind", False),
        ("rust_begin_unwind", False),
        ("__libc_start_main_impl", False),
        ("main", False),
    ],
)
def test_rust_has_the_module_in_the_functions_name(function: str, in_app: bool) -> None:
    assert is_in_app_code(None, None, function, "rust") is in_app


def test_the_path_counts_before_the_module() -> None:
    path = "/home/ann/go/pkg/mod/github.com/pkg/errors@v0.9.1/errors.go"
    assert not is_in_app_code(path, "github.com/pkg/errors", "New", "go")
    assert is_in_app_code("/srv/shop/till.go", "example.com/shop", "New", "go")
    assert not is_in_app_code("/srv/shop/vendor/payer/Gateway.php", None, "Payer\\Gateway::charge", "php")


def test_a_long_path_costs_no_more_than_a_short_one() -> None:
    # Nested repetitions in a pattern would take hours here.
    for part in ("/lib/", "a-", "https://" + "a." * 50, "~/../", "jquery.1", "go-1.", "<&mut "):
        is_in_app(part * 100_000)
        for platform in ("java", "csharp", "go", "rust"):
            is_in_app_code(None, part * 100_000, part * 100_000, platform)
