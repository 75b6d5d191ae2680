"""Names of functions, modules and files as machines and builds make them: two of each, alike or not."""

from collections.abc import Iterator

from app.model import EPOCH, Event, ExceptionInfo, Frame
from tests.digest.unseen.pairs import Pair

# By platform: functions that are one, and functions that are two.
FUNCTIONS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "java": {
        "alike": (
            ("$r8$lambda$aB3-xYz_90QwErTy", "$r8$lambda$Zz11aa-BBcc_DD22"),
            ("access$000", "access$300"),
            ("lambda$total$3", "lambda$total$0"),
            ("total_aroundBody0", "total_aroundBody4"),
            ("CGLIB$total$3", "CGLIB$total$5"),
            ("$anonfun$total$1", "$anonfun$total$7"),
            ("lambda$onCreate$0$com-acme-shop-Cart", "lambda$onCreate$2$com-acme-shop-Cart"),
            ("fn__1234", "fn__1"),
            ("total$lambda-1", "total$lambda-3"),
            ("total$lambda$0$0", "total$lambda$2$1"),
        ),
        "unlike": (
            ("lambda$total$3", "lambda$weigh$3"),
            ("$$_hibernate_read_total", "$$_hibernate_write_total"),
            ("getTotal", "getVat"),
            ("step1", "step2"),
            ("<init>", "<clinit>"),
            ("component1", "component2"),
        ),
    },
    "csharp": {
        "alike": (
            ("<Total>b__3_0", "<Total>b__7_2"),
            ("<<TotalAsync>g__Add|5_0>d.MoveNext", "<<TotalAsync>g__Add|8_1>d.MoveNext"),
            ("<Total>g__Add|3_0", "<Total>g__Add|9_9"),
            ("<<Main>$>d__0.MoveNext", "<<Main>$>d__3.MoveNext"),
            ("lambda_method41(Closure, Object)", "lambda_method(Closure, Object)"),
            ("<>n__0", "<>n__3"),
            ("<GetAll>d__12`1.MoveNext", "<GetAll>d__17`1.MoveNext"),
        ),
        "unlike": (
            ("<Total>b__3_0", "<Weigh>b__3_0"),
            ("<Total>g__Add|3_0", "<Total>g__Sum|3_0"),
            ("Total", "Weigh"),
            (".ctor", ".cctor"),
            ("get_Total", "set_Total"),
        ),
    },
    "python": {
        "alike": (
            ("make.<locals>.wrapper", "make.<locals>.wrapper"),
            ("_func_0x7f3a5c0d1e20", "_func_0x10b2"),
            ("<lambda>", "<lambda>"),
            ("__lambdify_1234567", "__lambdify_7654321"),
        ),
        "unlike": (
            ("migrate_0001", "migrate_0002"),
            ("total", "weigh"),
            ("make.<locals>.inner", "make.<locals>.outer"),
            ("__init__", "__call__"),
            ("test_404", "test_500"),
            ("Cart.total", "Cart.weigh"),
        ),
    },
    "ruby": {
        "alike": (
            ("block in total", "block (2 levels) in total"),
            (
                "_home_ada_shop_app_views_carts_show_html_erb__1_2",
                "_srv_shop_app_views_carts_show_html_erb__33_44",
            ),
            ("_inline_template_html_erb__31_7", "_inline_template_html_erb___99_1"),
            ("rescue in block in total", "total"),
            (
                "_app_views_carts_show_html_erb__3145728983459872_70123",
                "_app_views_carts_show_html_erb___99887766_47",
            ),
            ("__tilt_70123456789", "__tilt_8800"),
            ("_layouts_application_html_haml___123456_7890", "_layouts_application_html_haml___654321_98"),
            ("Cart#total", "total"),
            ("block in Shop::Cart#total", "block in total"),
            ("Shop::Cart.load", "load"),
        ),
        "unlike": (
            ("total", "total!"),
            ("total", "total="),
            ("empty?", "empty!"),
            ("Cart#total", "Cart#weigh"),
            ("[]", "[]="),
            ("_app_views_carts_show_html_erb__31_70123", "_app_views_carts_edit_html_erb__31_70123"),
        ),
    },
    "php": {
        "alike": (
            ("App\\Cart::{closure}", "App\\Cart::{closure:App\\Cart::total():51}"),
            (
                "class@anonymous\x00C:\\shop\\Cart.php:31$0::run",
                "class@anonymous\x00/app/Cart.php:44$1f::run",
            ),
            (
                "App\\Base@anonymous\x00/app/Cart.php:31$0::run",
                "App\\Base@anonymous\x00/srv/Cart.php:33$2::run",
            ),
            (
                "__TwigTemplate_3f9c1a2b4d5e6f708192a3b4c5d6e7f8::doDisplay",
                "__TwigTemplate_aa9c1a2b4d5e6f708192a3b4c5d6e7bb::doDisplay",
            ),
            ("content_3f9c1a2b4d5e61_12345678", "content_009c1a2b4d5e61_87654321"),
            ("Mock_Cart_3f9c1a2b::total", "Mock_Cart_00ff1a2b::total"),
        ),
        "unlike": (
            ("App\\Cart::total", "App\\Cart::weigh"),
            ("App\\Cart::total", "App\\Order::total"),
            ("__get", "__set"),
        ),
    },
    "go": {
        "alike": (
            ("(*Server).Checkout.func2", "(*Server).Checkout.func5"),
            ("(*Server).Checkout.func2.1", "(*Server).Checkout.func2.3"),
            ("Total[...]", "Total[go.shape.int_0]"),
            ("(*Server).Checkout-fm", "(*Server).Checkout"),
            ("main.func1.gowrap2", "main.func3.gowrap1"),
            ("glob..func3", "glob..func8"),
            ("init.0.func1", "init.1.func2"),
        ),
        "unlike": (
            ("(*Server).Checkout.func2", "(*Server).Cancel.func2"),
            ("(*Server).Checkout", "(*Client).Checkout"),
            ("Total", "Weigh"),
        ),
    },
    "native": {
        "alike": (
            ("shop::total::h0123456789abcdef", "shop::total::hfedcba9876543210"),
            ("_ZN4shop5total17h0123456789abcdefE", "_ZN4shop5total17hfedcba9876543210E"),
            ("shop::total::{{closure}}", "shop::total::{{closure}}::h0123456789abcdef"),
            ("shop::total::{closure#0}", "shop::total::{closure#3}"),
            ("main + 52", "main + 1040"),
            ("shop::run()::$_0::operator()() const", "shop::run()::$_3::operator()() const"),
            (
                "shop::run()::'lambda'(int)::operator()(int) const",
                "shop::run()::'lambda0'(int)::operator()(int) const",
            ),
            (
                "shop::run()::<lambda_3f9c1a2b4d5e6f708192a3b4c5d6e7f8>::operator()",
                "shop::run()::<lambda_aa9c1a2b4d5e6f708192a3b4c5d6e7bb>::operator()",
            ),
            ("sub_104A3C", "sub_10FFEE"),
            ("work(int) [clone .isra.0]", "work(int)"),
            ("work(int) (.cold)", "work(int)"),
            ("std::__1::vector<int>::at", "std::__cxx11::vector<int>::at"),
            ("shop::`anonymous namespace'::work", "shop::(anonymous namespace)::work"),
        ),
        "unlike": (
            ("shop::total", "shop::weigh"),
            ("shop::Cart::operator==", "shop::Cart::operator!="),
            ("shop::Cart::Cart()", "shop::Cart::~Cart()"),
            ("_ZN4shop5totalEi", "_ZN4shop5weighEi"),
            ("std::sort<int>", "std::sort<float>"),
        ),
    },
    "cocoa": {
        "alike": (
            ("__18-[SHOPCart total:]_block_invoke", "__18-[SHOPCart total:]_block_invoke_3"),
            ("__18-[SHOPCart total:]_block_invoke", "__24-[SHOPCart total:]_block_invoke.12"),
            ("closure #1 in Cart.total()", "closure #2 in Cart.total()"),
            ("closure #1 in closure #2 in Cart.total()", "closure #3 in closure #1 in Cart.total()"),
            ("specialized Cart.total()", "Cart.total()"),
            (
                "(1) await resume partial function for Cart.load()",
                "(3) suspend resume partial function for Cart.load()",
            ),
            ("@objc Cart.total()", "Cart.total()"),
            ("-[SHOPCart total:] + 128", "-[SHOPCart total:] + 4"),
            ("__hidden#1203_", "__hidden#77_"),
            ("___lldb_unnamed_symbol123$$Shop", "___lldb_unnamed_symbol9$$Shop"),
            ("thunk for @callee_guaranteed () -> ()", "thunk for @callee_guaranteed () -> ()"),
        ),
        "unlike": (
            ("-[SHOPCart total:]", "-[SHOPCart total]"),
            ("-[SHOPCart load]", "+[SHOPCart load]"),
            ("Cart.total.getter", "Cart.total.setter"),
            ("$s4Shop4CartV5totalSdyF", "$s4Shop4CartV6weightSdyF"),
            ("closure #1 in Cart.total()", "closure #1 in Cart.weigh()"),
        ),
    },
    "javascript": {
        "alike": (
            ("async checkout", "checkout"),
            ("async*checkout", "async checkout"),
            ("new Cart", "Cart"),
            ("Object.checkout [as pay]", "checkout"),
            ("Cart.checkout", "checkout"),
            ("Cart.prototype.checkout", "checkout"),
            ("checkout/<", "<anonymous>"),
            ("HTMLButtonElement.<anonymous>", "?"),
            ("Object.7041", "Object.118"),
            ("7041", "./src/cart.js"),
            ("Module../src/cart.js", "Object../src/cart.js"),
            ("_callee3$", "_callee$"),
            ("_callee$(app)", "_callee$(app)"),
            ("t.<computed>", "r.<computed>"),
            ("eval (eval at pay (app.js:1:7), <anonymous>)", "eval"),
            ("get total", "get total [as total]"),
            ("Function.load", "load"),
            ("window.onload", "onload"),
            ("handler$1", "handler$4"),
            ("Array.map", "map"),
            ("Proxy.checkout", "checkout"),
            ("this.checkout", "checkout"),
            ("#checkout", "Cart.#checkout"),
            ("$3f9c1a2b4d5e6f70$export$total", "$00ff1a2b4d5e6f70$export$total"),
            ("listener@1a2b3c4d", "listener@9f8e7d6c"),
        ),
        "unlike": (
            ("checkout", "cancel"),
            ("Cart.checkout", "Cart.cancel"),
            ("async checkout", "async cancel"),
            ("step1", "step2"),
            ("get total", "get weight"),
        ),
    },
    "perl": {
        "alike": (("main::__ANON__[/srv/shop/Cart.pm:40]", "main::__ANON__[/app/Cart.pm:44]"),),
        "unlike": (("main::a", "main::b"),),
    },
    "elixir": {
        "alike": (
            ("-total/1-fun-0-", "-total/1-fun-3-"),
            ("anonymous fn/2 in Shop.Cart.total/1", "anonymous fn/2 in Shop.Cart.total/1"),
            ('Shop.Cart."-total/1-lists^map/1-0-"/2', 'Shop.Cart."-total/1-lists^map/1-2-"/2'),
        ),
        "unlike": (("Shop.Cart.total/1", "Shop.Cart.weigh/1"), ("total/1", "total/2")),
    },
    "dart": {
        "alike": (
            ("_CartState.build.<anonymous closure>", "_CartState.build.<fn>"),
            ("_CartState.build.<anonymous closure>.<anonymous closure>", "_CartState.build.<fn>.<fn>"),
        ),
        "unlike": (("_CartState.build", "_CartState.dispose"), ("new Cart", "new Cart.empty")),
    },
    "crystal": {
        "alike": (("~procProc(Nil)@src/cart.cr:12", "~procProc(Nil)@src/cart.cr:19"),),
        "unlike": (("total", "weigh"),),
    },
}

MODULES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "java": {
        "alike": (
            ("com.acme.Cart$$Lambda$14/0x0000000800c8", "com.acme.Cart$$Lambda/0x00007f1c3c0c9a18"),
            ("com.acme.Cart$$Lambda$14.0x0000000800c8", "com.acme.Cart$$Lambda$15.0x0000000811c8"),
            ("com.acme.-$$Lambda$Cart$aB3-xYz_90", "com.acme.-$$Lambda$Cart$Zz1-9_xYz0"),
            ("com.acme.Cart$$ExternalSyntheticLambda0", "com.acme.Cart$$ExternalSyntheticLambda11"),
            (
                "com.acme.ComposableSingletons$CartKt$lambda-1$1",
                "com.acme.ComposableSingletons$CartKt$lambda-2$1",
            ),
            ("com.acme.CartScreenKt$CartScreen$2$1$1", "com.acme.CartScreenKt$CartScreen$3$2$1"),
            ("com.acme.Cart$auxiliary$aBcD1234", "com.acme.Cart$auxiliary$Zz00Yy11"),
            ("com.acme.Cart$$$view12", "com.acme.Cart$$$view3"),
            ("com.acme.Cart$AjcClosure1", "com.acme.Cart$AjcClosure7"),
            ("com.acme.Cart$$OwbNormalScopeProxy0", "com.acme.Cart$$OwbNormalScopeProxy1"),
            ("com.acme.Cart$$EnhancerByGuice$$3f9c1a", "com.acme.Cart$$EnhancerByGuice$$99ff"),
            ("com.acme.Cart_$$_jvst6a1_3", "com.acme.Cart_$$_jvstbb_0"),
            ("com.acme.Cart$$_javassist_12", "com.acme.Cart$$_javassist_3"),
            ("com.acme.Cart_$$_javassist_seam_4", "com.acme.Cart_$$_javassist_seam_1"),
            ("com.acme.Cart$HibernateProxy$kXyZ12ab", "com.acme.Cart$HibernateProxy$Qq09LmNo"),
            ("jdk.proxy2.$Proxy98", "com.sun.proxy.$Proxy12"),
            ("shop.core$eval5678$fn__5679", "shop.core$eval1$fn__2"),
            ("shop.core$G__4567", "shop.core$G__12"),
            ("Script1", "Script12"),
            ("com.acme.Rules$_run_closure1", "com.acme.Rules$_run_closure4"),
            ("com.acme.Cart$1", "com.acme.Cart$3"),
            (
                "org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage12",
                "org.apache.spark.sql.catalyst.expressions.GeneratedClass$GeneratedIteratorForCodegenStage3",
            ),
        ),
        "unlike": (
            ("com.acme.Cart", "com.acme.Order"),
            ("com.acme.Cart$Line", "com.acme.Cart$Row"),
            ("com.acme.v1.Cart", "com.acme.v2.Cart"),
            ("com.acme.Cart", "com.acme.admin.Cart"),
        ),
    },
    "csharp": {
        "alike": (
            ("Shop.Cart+<>c__DisplayClass5_0", "Shop.Cart+<>c__DisplayClass8_1"),
            ("Shop.Cart+<Total>d__3", "Shop.Cart+<Total>d__9"),
            ("Shop.Cart/<Total>d__3", "Shop.Cart/<Total>d__9"),
            ("Shop.Cart`1", "Shop.Cart`1[[System.Int32, mscorlib]]"),
            ("Shop.Cart+<>c", "Shop.Cart+<>c__DisplayClass8_1"),
        ),
        "unlike": (("Shop.Cart", "Shop.Order"), ("Shop.Cart+<Total>d__3", "Shop.Cart+<Weigh>d__3")),
    },
    "python": {
        "alike": (
            (
                "unusual_prefix_da39a3ee5e6b4b0d3255bfef95601890afd80709_nightly",
                "unusual_prefix_3f9c1a2b4d5e6f708192a3b4c5d6e7f8aabbccdd_nightly",
            ),
        ),
        "unlike": (
            ("shop.cart", "shop.order"),
            ("shop.migrations.0001_first", "shop.migrations.0002_second"),
        ),
    },
    "node": {"alike": (), "unlike": (("cart:service", "order:service"),)},
}

FILES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "javascript": {
        "alike": (
            ("https://a.example/app.3f9c1a.js", "https://a.example/app.b07e44.js"),
            ("https://a.example/app_3f9c1a2b.js", "https://a.example/app_b07e44aa.js"),
            (
                "https://a.example/main-es2015.3f9c1a2b4d5e6f708192.js",
                "https://a.example/main-es2015.00ff1a2b4d5e6f708192.js",
            ),
            ("https://a.example/runtime~main.3f9c1a2b.js", "https://a.example/runtime~main.00ff1a2b.js"),
            (
                "https://a.example/vendors~main.3f9c1a2b.chunk.js",
                "https://a.example/vendors~main.00ff1a2b.chunk.js",
            ),
            ("https://a.example/2.3f9c1a2b.chunk.js", "https://a.example/7.00ff1a2b.chunk.js"),
            (
                "https://a.example/application-3f9c1a2b4d5e6f708192a3b4c5d6e7f8.js",
                "https://a.example/application-00ff1a2b4d5e6f708192a3b4c5d6e7f8.js",
            ),
            (
                "https://a.example/application-" + "3f9c1a2b" * 8 + ".js",
                "https://a.example/application-" + "00ffaa2b" * 8 + ".js",
            ),
            ("https://a.example/app.js?id=3f9c1a2b4d", "https://a.example/app.js?id=00ff"),
            ("https://a.example/_nuxt/entry.BdG7xq3a.js", "https://a.example/_nuxt/entry.C0zzYt_1.js"),
            (
                "https://a.example/js/chunk-vendors.3f9c1a2b.js",
                "https://a.example/js/chunk-vendors.00ff1a2b.js",
            ),
            (
                "https://a.example/_next/static/chunks/pages/_app-0a1b2c3d4e5f6071.js",
                "https://a.example/_next/static/chunks/pages/_app-ffeeddccbbaa9988.js",
            ),
            ("https://a.example/app-1.2.3.min.js", "https://a.example/app-1.10.0.min.js"),
            ("https://a.example/app.20260101.js", "https://a.example/app.20251231.js"),
            ("https://a.example/3f9c1a2b.js", "https://a.example/00ffaa11.js"),
            ("https://a.example/assets/chunk-PTYJ4ZLC.js", "https://a.example/assets/chunk-QQWJAZLC.js"),
            (
                "https://a.example/component---src-pages-index-js-3f9c1a2b4d5e6f708192.js",
                "https://a.example/component---src-pages-index-js-00ff1a2b4d5e6f708192.js",
            ),
            (
                "https://a.example/_app/immutable/chunks/index.8a1b2c3d.js",
                "https://a.example/_app/immutable/chunks/index.00ff2c3d.js",
            ),
            (
                "https://a.example/_next/static/chunks/src_app_page_tsx_3f9c1a._.js",
                "https://a.example/_next/static/chunks/src_app_page_tsx_b07e44._.js",
            ),
            (
                "https://a.example/node_modules/.vite/x/chunk-AB12CD34.js?v=3f9c1a2b",
                "https://a.example/node_modules/.vite/x/chunk-ZZ99YY88.js?v=00ff1a2b",
            ),
            ("https://a.example/src/App.tsx?t=1764000000123", "https://a.example/src/App.tsx"),
            ("webpack-internal:///(app-pages-browser)/./src/cart.tsx", "webpack://_N_E/./src/cart.tsx?3f9c"),
            ("https://a.example/assets/Cart-BDxZ1abc.js", "https://a.example/assets/Cart-_x9-QwEr.js"),
            (
                "https://a.example/assets/user-profile-BDxZ1abc.js",
                "https://a.example/assets/user-profile-Cq7_Lm2P.js",
            ),
            ("https://a.example/build/root-3F9C1A2B.js", "https://a.example/build/root-00FF1A2B.js"),
            ("https://a.example/app.js", "https://a.example/app.min.js"),
            ("file:///android_asset/www/main.js", "ionic://localhost/main.js"),
            ("https://a.example/index-legacy-BDxZ1abc.js", "https://a.example/index-legacy-C0zzYt_1.js"),
            ("https://a.example/app.bundle.js", "https://a.example/app.3f9c1a2b4d5e6f708192.bundle.js"),
            ("https://a.example/cart.js#L12", "https://a.example/cart.js"),
            (
                "blob:https://a.example/1b4e28ba-2fa1-11d2-883f-0016d3cca427",
                "blob:https://a.example/9f86d081-884c-4d63-a15e-0cba4a2f7b11",
            ),
        ),
        "unlike": (
            ("https://a.example/app.3f9c1a.js", "https://a.example/admin.3f9c1a.js"),
            (
                "https://a.example/assets/CartView-BDxZ1abc.js",
                "https://a.example/assets/MenuView-BDxZ1abc.js",
            ),
            ("https://a.example/user-list.js", "https://a.example/user-card.js"),
            ("https://a.example/cart.service.js", "https://a.example/cart.controller.js"),
            ("webpack:///./src/DashList.tsx", "webpack:///./src/DashCard.tsx"),
            ("https://a.example/jquery.ui.js", "https://a.example/jquery.form.js"),
            ("https://a.example/my-component.js", "https://a.example/my-dashboard.js"),
            ("https://a.example/use-checkout.js", "https://a.example/use-shipping.js"),
            ("https://a.example/cart-overview.js", "https://a.example/cart-shipping.js"),
            ("https://a.example/page2.js", "https://a.example/page3.js"),
            ("https://a.example/app.settings.js", "https://a.example/app.overview.js"),
        ),
    },
    "python": {
        "alike": (
            ("/home/ada/shop/cart.py", "C:\\Users\\Ada\\shop\\cart.py"),
            ("/tmp/_MEIaB12/cart.py", "/app/cart.py"),
            ("<ipython-input-12-3f9c1a2b4d5e>", "<ipython-input-3-00ff1a2b4d5e>"),
            ("/tmp/ipykernel_1234/987654321.py", "/tmp/ipykernel_77/111222.py"),
            ("<command-1234567890123456>", "<command-99>"),
        ),
        "unlike": (
            ("shop/cart.py", "shop/order.py"),
            ("0001_first.py", "0002_second.py"),
            ("<string>", "<stdin>"),
        ),
    },
    "php": {
        "alike": (
            (
                "/app/storage/framework/views/da39a3ee5e6b4b0d3255bfef95601890afd80709.php",
                "/srv/storage/framework/views/3f9c1a2b4d5e6f708192a3b4c5d6e7f80a1b2c3d.php",
            ),
            ("/app/Cart.php(12) : eval()'d code", "/app/Cart.php(19) : eval()'d code"),
        ),
        "unlike": (("/app/Cart.php", "/app/Order.php"),),
    },
    "csharp": {
        "alike": (("<3f9c1a2b4d5e6f708192a3b4c5d6e7f8>", "<00000000000000000000000000000000>"),),
        "unlike": (("Cart.cs", "Order.cs"),),
    },
    "dart": {
        "alike": (("package:shop/cart.dart", "package:shop/cart.dart"),),
        "unlike": (("package:shop/a/cart.dart", "package:shop/b/cart.dart"),),
    },
    "go": {
        "alike": (("/src/cart.go", "/home/ada/go/src/shop/cart.go"),),
        "unlike": (("/src/cart.go", "/src/order.go"),),
    },
}


def pairs() -> Iterator[Pair]:
    """Each name in the middle of a stack that is otherwise alike."""
    for which, tables in (("function", FUNCTIONS), ("module", MODULES), ("filename", FILES)):
        for platform, kinds in tables.items():
            for kind, names in kinds.items():
                for one, two in names:
                    events = (_event(platform, which, name) for name in (one, two))
                    yield Pair(
                        f"{platform}: {one} and {two}", f"{which} of {platform}", kind == "alike", *events
                    )


def _event(platform: str, which: str, name: str) -> Event:
    first, last = (Frame(filename=f"{at}.src", function=at, line=1) for at in ("begin", "finish"))
    filename, module, function = "middle.src", None, "middle"
    if which == "filename":
        filename = name
    elif which == "module":
        module = name
    else:
        function = name
    own = Frame(filename=filename, module=module, function=function, line=1)
    raised = ExceptionInfo(type="OrderError", value="closed", frames=(first, own, last))
    return Event(
        event_id="0" * 32,
        project="shop",
        protocol="sentry.envelope",
        platform=platform,
        timestamp=EPOCH,
        received_at=EPOCH,
        title="OrderError: closed",
        exceptions=(raised,),
    )
