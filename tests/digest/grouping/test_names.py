"""Names of files, modules, functions and types, without what machines put into them."""

import pytest

from app.digest.grouping import generated, names
from tests.growth import CUBIC, growth

# As long as a name may be, in characters; longer ones are cut.
LONGEST = 500
CACHED = (
    *(names.function_name, names.module_name, names.file_name),
    *(generated.without_generated_parts, generated.without_generators_parts),
)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/a/b.py", "b.py"),
        ("C:\\a\\b.py", "b.py"),
        ("https://x.test/static/app.3f2a1b9c.js?v=2#x", "app.js"),
        ("app.3f9c1a.js", "app.js"),
        ("app.3F9C1A2B.js", "app.js"),
        ("main-BxK29dQa.js", "main.js"),
        ("index-D7_qLm0z.js", "index.js"),
        ("main.bundle.min.js", "main.js"),
        ("app.12.js", "app.js"),
        ("12.3f9c1a.js", "(chunk).js"),
        ("9f86d081884c7d65.js", "(chunk).js"),
        ("webpack:///./src/cart.js?3f9c", "cart.js"),
        ("webpack-internal:///./src/cart.js", "cart.js"),
        ("checkout-component.js", "checkout-component.js"),
        ("cart-facade.js", "cart-facade.js"),
        ("user-CheckoutPage.js", "user-CheckoutPage.js"),
        ("step-1.js", "step-1.js"),
        ("order.html.erb", "order.html.erb"),
        ("0001_initial.py", "0001_initial.py"),
        ("/srv/a.php(12) : eval()'d code", "a.php : eval()'d code"),
        ("<ipython-input-12-3f9c1a7b>", "<ipython-input>"),
        ("https://shop.test/", names.PAGE),
        ("https://shop.test", names.PAGE),
        ("https://shop.test/cart/8?x=1", names.PAGE),
        ("blob:https://shop.test/8f14e45f-ceea-467f-a9b8-0123456789ab", names.PAGE),
        ("https://shop.test/cart/index.html", "index.html"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_files(path: str, name: str) -> None:
    assert names.file_name(path) == name


@pytest.mark.parametrize(
    ("function", "platform", "name"),
    [
        ("Object.<anonymous>", "node", ""),
        ("new Cart", "javascript", "Cart"),
        ("async*save", "javascript", "save"),
        ("Cart.save [as commit]", "javascript", "save"),
        ("get total [as total]", "javascript", "total"),
        ("save/this.x", "javascript", "x"),
        ("save/<", "javascript", ""),
        ("global code", "javascript", ""),
        ("Cart.#price", "node", "#price"),
        ("lambda$pay$0", "java", "lambda pay"),
        ("$anonfun$total$1", "java", "total"),
        ("pay$lambda-0", "java", "pay$lambda"),
        ("_func_0x7f", "python", "_func"),
        ("outer.<locals>.inner", "python", "outer.inner"),
        ("<lambda>", "python", ""),
        ("block (2 levels) in pay", "ruby", "pay"),
        ("rescue in block in pay", "ruby", "pay"),
        ("_app_views_orders_show_html_erb__1840374692834_23480", "ruby", "_app_views_orders_show_html_erb"),
        ("_app_views_orders_show_html_erb___938472_4711", "ruby", "_app_views_orders_show_html_erb"),
        ("Shop\\{closure:Shop\\pay():12}", "php", "Shop\\{closure}"),
        ("{closure}", "php", ""),
        ("class@anonymous/srv/a.php:12$0::ship", "php", "class@anonymous::ship"),
        ("main.pay.func1.2", "go", "main.pay.func"),
        ("main.(*Cart).Pay-fm", "go", "main.(*Cart).Pay"),
        ("main.apply[...]", "go", "main.apply"),
        ("shop::pay::h3f9c1a7b3f9c1a7b", "rust", "shop::pay"),
        ("shop::pay::{{closure}}", "rust", "shop::pay::{closure}"),
        ("<Pay>b__0", "csharp", "Pay"),
        ("<Pay>g__Local|3_0", "csharp", "Pay Local"),
        ("closure #1 in Cart.pay()", "cocoa", "closure in Cart.pay()"),
        ("__44-[Cart pay]_block_invoke_2", "cocoa", "-[Cart pay]_block_invoke"),
        ("anonymous fn/1 in Shop.pay/1", "elixir", "anonymous fn/1 in Shop.pay/1"),
        ("step_1", "python", "step_1"),
        ("pay_v2", "python", "pay_v2"),
        ("md5", "python", "md5"),
        ("migrate_0042", "python", "migrate_0042"),
    ],
)
def test_functions(function: str, platform: str, name: str) -> None:
    assert names.function_name(function, platform) == name


@pytest.mark.parametrize(
    ("module", "platform", "name"),
    [
        ("shop.Till$$EnhancerBySpringCGLIB$$3f9c1a7b", "java", "shop.Till"),
        ("shop.Till$$SpringCGLIB$$0", "java", "shop.Till"),
        ("shop.Order$HibernateProxy$pbzkTH1x", "java", "shop.Order"),
        ("shop.Order_$$_jvst1a7_0", "java", "shop.Order"),
        ("shop.Till$$Lambda$14/0x0000000800c03000", "java", "shop.Till"),
        ("jdk.proxy2.$Proxy12", "java", "<proxy>"),
        ("shop.core$pay$fn__1234", "java", "shop.core$pay$"),
        ("shop.Cart$total$1", "java", "shop.Cart$total$"),
        ("shop.Cart$Line", "java", "shop.Cart$Line"),
        ("Shop.Till+<Pay>d__12", "csharp", "Shop.Till+Pay"),
        ("Shop.Till+<>c__DisplayClass9_1", "csharp", "Shop.Till"),
        ("routes:app.3f9c1a", "node", "routes:app"),
        ("./src/app", "javascript", "src/app"),
        ("shop.v2.views", "python", "shop.v2.views"),
    ],
)
def test_modules(module: str, platform: str, name: str) -> None:
    assert names.module_name(module, platform) == name


@pytest.mark.parametrize(
    ("kind", "name"),
    [("Order$HibernateProxy$a1", "Order"), ("ORA00942", "ORA00942"), ("List`1", "List"), ("E_PAY", "E_PAY")],
)
def test_types(kind: str, name: str) -> None:
    assert names.type_name(kind) == name


@pytest.mark.parametrize(
    "piece",
    [
        "$$a",
        "$a$1",
        "<a",
        "<a>b__",
        "{closure:",
        "a::",
        "a\\",
        "std::allocator<",
        " [.",
        "_0",
        ".1",
        "@1",
        "specialized ",
        "-1",
        "a",
        "aB-",
    ],
)
def test_the_cost_of_hostile_names_does_not_explode(piece: str) -> None:
    def read(size: int) -> None:
        for each in CACHED:
            each.cache_clear()
        name = piece * (size // len(piece))
        for end in ("", "!", "\n"):
            for platform in ("java", "javascript", "ruby"):
                names.function_name(name + end, platform)
                names.module_name(name + end, platform)
            names.file_name(f"/srv/{name}{end}")

    assert growth(read, LONGEST // 2 - 10) < CUBIC


def test_a_file_named_only_by_its_folder_includes_the_folder() -> None:
    assert names.file_name("https://a.example/pages/cart/[id].js") == "cart/[id].js"
    assert names.file_name("package:shop/model/cart.dart") == "shop/model/cart.dart"


def test_a_culprit_without_generated_parts() -> None:
    assert names.in_words("shop.Cart_$$_javassist_9 in lambda$pay$0") == "shop.Cart in lambda pay"
    assert names.in_words("POST /checkout in 3 steps") == "POST /checkout in 3 steps"
    assert names.in_words("") == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://ads.example:8443/7.png?x", "ads.example"),
        ("https://ada@ads.example", "ads.example"),
        ("inline", "inline"),
        ("data:image/png", "data"),
    ],
)
def test_hosts(url: str, host: str) -> None:
    assert names.host(url) == host
