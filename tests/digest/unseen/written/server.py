""".NET, PHP, Ruby, Elixir, Perl, and Python where it is packed or generated."""

# ruff: noqa: E501 (what machines write does not break)

from tests.digest.unseen.written.case import Case, chain, payload, sentry

_LARAVEL = """
+ | | /var/www/html/public/index.php | 51
- | Illuminate\\Foundation\\Http\\Kernel::handle | /var/www/html/vendor/laravel/framework/src/Illuminate/Foundation/Http/Kernel.php | 145
- | Illuminate\\Pipeline\\Pipeline::Illuminate\\Pipeline\\{closure} | /var/www/html/vendor/laravel/framework/src/Illuminate/Pipeline/Pipeline.php | 180
+ | App\\Http\\Controllers\\CartController::checkout | /var/www/html/app/Http/Controllers/CartController.php | 40
+ | App\\Services\\Cart::App\\Services\\{closure} | /var/www/html/app/Services/Cart.php | 51
+ | App\\Services\\Cart::total | /var/www/html/app/Services/Cart.php | 60
"""

CASES = [
    Case(
        name="laravel",
        body=sentry("php", "ErrorException", "Undefined array key 17", _LARAVEL),
        same={
            "other release": {"/var/www/html": "/srv/www/releases/20260102030405"},
            "key": {"array key 17": "array key 4711"},
            "closure of php 8.4": {
                "App\\Services\\Cart::App\\Services\\{closure}": "App\\Services\\Cart::{closure:App\\Services\\Cart::total():51}"
            },
            "other framework": {
                "Kernel::handle": "Kernel::sendRequestThroughRouter",
                "Kernel.php": "HttpKernel.php",
            },
            "windows": {"/var/www/html/app/Services/Cart.php": "C:\\inetpub\\shop\\app\\Services\\Cart.php"},
        },
        other={
            "other action": {"CartController::checkout": "CartController::cancel"},
            "other service": {"Cart::total": "Cart::weigh"},
            "other type": {"ErrorException": "TypeError"},
        },
    ),
    Case(
        name="php 8.4 closures",
        body=sentry(
            "php",
            "TypeError",
            "total(): Argument #1 ($cart) must be of type Cart, null given",
            """
            + | {closure:/var/www/html/routes/web.php:12} | /var/www/html/routes/web.php | 13
            + | class@anonymous\x00/var/www/html/app/Cart.php:31$0::run | /var/www/html/app/Cart.php | 33
            + | App\\Cart::total | /var/www/html/app/Cart.php | 60
        """,
        ),
        same={
            "closure line": {"web.php:12}": "web.php:40}"},
            "closure folder": {
                "{closure:/var/www/html/routes/web.php:12}": "{closure:/app/routes/web.php:12}"
            },
            "anonymous class": {"Cart.php:31$0": "Cart.php:44$1f"},
            "older php": {"{closure:/var/www/html/routes/web.php:12}": "{closure}"},
        },
        other={"other function": {"Cart::total": "Cart::weigh"}},
    ),
    Case(
        name="blade",
        body=sentry(
            "php",
            "ErrorException",
            "Undefined variable $total (View: /var/www/html/resources/views/cart.blade.php)",
            """
            + | App\\Http\\Controllers\\CartController::show | /var/www/html/app/Http/Controllers/CartController.php | 40
            + | include | /var/www/html/storage/framework/views/da39a3ee5e6b4b0d3255bfef95601890afd80709.php | 12
        """,
        ),
        same={
            "compiled name": {
                "da39a3ee5e6b4b0d3255bfef95601890afd80709": "3f9c1a2b4d5e6f708192a3b4c5d6e7f80a1b2c3d"
            }
        },
        other={"other action": {"CartController::show": "CartController::edit"}},
    ),
    Case(
        name="symfony",
        body=sentry(
            "php",
            "RuntimeException",
            "mail to ada@example.com bounced",
            """
            - | Symfony\\Component\\HttpKernel\\HttpKernel::handle | /app/vendor/symfony/http-kernel/HttpKernel.php | 76
            + | App\\Controller\\CartController::pay | /app/src/Controller/CartController.php | 33
            + | Proxies\\__CG__\\App\\Entity\\Order::getTotal | /app/var/cache/prod/doctrine/orm/Proxies/__CG__AppEntityOrder.php | 120
            + | ContainerAbC12xY\\getMailerService::do | /app/var/cache/prod/ContainerAbC12xY/getMailerService.php | 20
            + | EntityManager_9a5be93::persist | /app/var/cache/prod/ContainerAbC12xY/EntityManager_9a5be93.php | 31
            + | __TwigTemplate_3f9c1a2b4d5e6f708192a3b4c5d6e7f8::doDisplay | /app/var/cache/prod/twig/3f/3f9c1a2b4d5e6f708192a3b4c5d6e7f8.php | 45
            + | App\\Mail\\Sender::send | /app/src/Mail/Sender.php | 12
        """,
        ),
        same={
            "container": {"ContainerAbC12xY": "ContainerQ9z8Lm0"},
            "manager": {"EntityManager_9a5be93": "EntityManager_00ff12a"},
            "twig": {"3f9c1a2b4d5e6f708192a3b4c5d6e7f8": "aa9c1a2b4d5e6f708192a3b4c5d6e7bb", "/3f/": "/aa/"},
            "address": {"ada@example.com": "bob@example.org"},
        },
        other={
            "other entity": {"Entity\\Order": "Entity\\Customer"},
            "other service": {"getMailerService": "getQueueService"},
        },
    ),
    Case(
        name="php text",
        protocol="plain",
        body="""PHP Fatal error:  Uncaught RuntimeException: order 17 is closed in /var/www/html/src/Cart.php:42
Stack trace:
#0 /var/www/html/src/Web.php(12): Shop\\Cart->total(17)
#1 /var/www/html/src/Web.php(30): Shop\\Web->Shop\\{closure}(Array)
#2 {main}
  thrown in /var/www/html/src/Cart.php on line 42
""",
        same={
            "lines": {":42": ":52", "line 42": "line 52", "(12)": "(19)", "(30)": "(41)"},
            "folder": {"/var/www/html": "/app"},
            "arguments": {"total(17)": "total(4711, 'x')", "order 17": "order 4711"},
        },
        other={
            "other method": {"Shop\\Cart->total": "Shop\\Cart->weigh"},
            "other type": {"RuntimeException": "LogicException"},
        },
    ),
    Case(
        name="dotnet",
        body=sentry(
            "csharp",
            "System.InvalidOperationException",
            "Sequence contains no elements",
            """
            - Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker | InvokeActionMethodAsync | |
            - System.Runtime.CompilerServices.TaskAwaiter | ThrowForNonSuccess | |
            + Shop.CartController | Checkout | /src/Shop/CartController.cs | 40
            + Shop.CartService+<TotalAsync>d__12 | MoveNext | /src/Shop/CartService.cs | 51
            + Shop.CartService+<>c__DisplayClass5_0 | <TotalAsync>b__2 | /src/Shop/CartService.cs | 53
            + Shop.CartService | <TotalAsync>g__Add|3_0 | /src/Shop/CartService.cs | 60
            - Castle.Proxies.PriceServiceProxy_3 | Net | |
            - System.Linq.Enumerable | First | |
        """,
            module="System.Private.CoreLib, Version=8.0.0.0",
        ),
        same={
            "state machine": {"d__12": "d__17"},
            "closure": {"DisplayClass5_0": "DisplayClass8_1", "b__2": "b__0"},
            "local function": {"g__Add|3_0": "g__Add|7_2"},
            "proxy": {"PriceServiceProxy_3": "PriceServiceProxy_11"},
            "other folder": {"/src/Shop": "D:\\a\\1\\s\\Shop"},
            "new framework": {"InvokeActionMethodAsync": "Awaited", "Version=8.0.0.0": "Version=9.0.0.0"},
        },
        other={
            "other action": {"Checkout": "Cancel"},
            "other method": {"<TotalAsync>": "<WeighAsync>"},
            "other local": {"g__Add": "g__Sum"},
        },
    ),
    Case(
        name="dotnet compiled",
        body=sentry(
            "csharp",
            "System.NullReferenceException",
            "Object reference not set to an instance of an object.",
            """
            + | lambda_method41(Closure , Object ) | |
            + Shop.Program+<>c | <Main>b__0_3 | /src/Program.cs | 12
            + Shop.Program+<>f__AnonymousType0`2 | ToString | |
            + Shop.Cart`1 | Total | /src/Cart.cs | 9
        """,
        ),
        same={
            "lambda method": {"lambda_method41": "lambda_method7"},
            "lambda": {"b__0_3": "b__2_0"},
            "anonymous type": {"AnonymousType0`2": "AnonymousType4`2"},
        },
        other={"other method": {"<Main>": "<Nightly>"}},
    ),
    Case(
        name="dotnet text",
        protocol="plain",
        body="""Unhandled exception. System.InvalidOperationException: order 17 is closed
   at Shop.Cart.Total(Int32 id) in /src/Shop/Cart.cs:line 42
   at Shop.Web.<>c__DisplayClass3_0.<Checkout>b__0(Item item) in /src/Shop/Web.cs:line 12
   at Shop.Web.<Checkout>d__7.MoveNext() in /src/Shop/Web.cs:line 20
--- End of stack trace from previous location ---
   at Shop.Program.Main(String[] args)
""",
        same={
            "lines": {"line 42": "line 44", "line 12": "line 13"},
            "folder": {"/src/Shop/": "C:\\agent\\_work\\1\\s\\Shop\\"},
            "generated": {"DisplayClass3_0": "DisplayClass4_1", "d__7": "d__9"},
            "order": {"order 17": "order 4711"},
            "no symbols": {
                " in /src/Shop/Cart.cs:line 42": "",
                " in /src/Shop/Web.cs:line 12": "",
                " in /src/Shop/Web.cs:line 20": "",
            },
        },
        other={
            "other method": {"Shop.Cart.Total": "Shop.Cart.Weigh"},
            "other caller": {"<Checkout>": "<Cancel>"},
        },
    ),
    Case(
        name="rails",
        body=sentry(
            "ruby",
            "NoMethodError",
            "undefined method `price' for #<Cart:0x00007f8a1c0d1e20>",
            """
            - | block in call | rack-2.2.4/lib/rack/etag.rb | 27
            - | process_action | /usr/local/bundle/gems/actionpack-7.0.4/lib/abstract_controller/base.rb | 214
            - | _run_process_action_callbacks | (eval) | 12
            + | checkout | /app/app/controllers/carts_controller.rb | 40
            + | block (2 levels) in checkout | /app/app/controllers/carts_controller.rb | 44
            + | _app_views_carts_show_html_erb__3145728983459872_70123456789 | /app/app/views/carts/show.html.erb | 12
            + | total | /app/app/models/cart.rb | 9
        """,
        ),
        same={
            "template id": {"_erb__3145728983459872_70123456789": "_erb___99887766554433_47001"},
            "address": {"0x00007f8a1c0d1e20": "0x000055aabbccddee"},
            "other gems": {"actionpack-7.0.4": "actionpack-7.1.2", "rack-2.2.4": "rack-3.0.8"},
            "other release": {"/app/app/": "/var/www/shop/releases/20260102/app/"},
            "new framework": {"_run_process_action_callbacks": "_run_callbacks"},
        },
        other={
            "other template": {
                "_app_views_carts_show_html_erb": "_app_views_carts_edit_html_erb",
                "show.html.erb": "edit.html.erb",
            },
            "other method": {"checkout": "cancel"},
        },
    ),
    Case(
        name="haml",
        body=sentry(
            "ruby",
            "ActionView::Template::Error",
            "undefined local variable or method `total'",
            """
            + | show | app/controllers/carts_controller.rb | 40
            + | block in _app_views_carts__cart_html_haml___1234567890123456789_2345678 | app/views/carts/_cart.html.haml | 12
        """,
        ),
        same={"template id": {"_haml___1234567890123456789_2345678": "_haml__987654321_11"}},
        other={"other": {"show": "edit"}},
    ),
    Case(
        name="ruby text",
        protocol="plain",
        body="""/app/lib/cart.rb:42:in `total': order 17 is closed (OrderError)
\tfrom /app/lib/web.rb:12:in `block in checkout'
\tfrom /app/lib/web.rb:10:in `each'
\tfrom /app/lib/web.rb:10:in `checkout'
\tfrom /app/bin/shop:3:in `<main>'
""",
        same={
            "lines": {"cart.rb:42": "cart.rb:44", "web.rb:12": "web.rb:19"},
            "folder": {"/app/": "/home/ada/shop/"},
            "order": {"order 17": "order 4711"},
        },
        other={"other method": {"`total'": "`weigh'"}, "other type": {"OrderError": "CartError"}},
    ),
    Case(
        name="elixir",
        body=sentry(
            "elixir",
            "KeyError",
            "key :price not found in: %{id: 17, owner: #PID<0.123.0>}",
            """
            - Plug.Cowboy.Handler | Plug.Cowboy.Handler.init/2 | lib/plug/cowboy/handler.ex | 11
            + ShopWeb.CartController | ShopWeb.CartController.checkout/2 | lib/shop_web/cart_controller.ex | 40
            + Shop.Cart | anonymous fn/2 in Shop.Cart.total/1 | lib/shop/cart.ex | 51
            + Shop.Cart | Shop.Cart."-total/1-fun-0-"/2 | lib/shop/cart.ex | 53
        """,
        ),
        same={"fun": {"-fun-0-": "-fun-3-"}, "pid": {"#PID<0.123.0>": "#PID<0.9876.5>", "id: 17": "id: 42"}},
        other={
            "other action": {"CartController.checkout": "CartController.cancel"},
            "other function": {"Shop.Cart.total/1": "Shop.Cart.weigh/1"},
        },
    ),
    Case(
        name="elixir process",
        body=payload(
            "elixir",
            logentry={
                "formatted": "GenServer #PID<0.123.0> terminating: no answer after 5000ms from #Reference<0.12.34.56>"
            },
        ),
        same={
            "pids": {"#PID<0.123.0>": "#PID<0.9876.5>", "#Reference<0.12.34.56>": "#Reference<0.1234567.9.1>"}
        },
        other={"other event": {"terminating": "restarting"}},
    ),
    Case(
        name="perl",
        body=sentry(
            "perl",
            "Died",
            "no order 17 at /srv/shop/cart.pl line 42.",
            """
            + main | main::run | /srv/shop/web.pl | 12
            + Shop::Cart | Shop::Cart::__ANON__ | /srv/shop/lib/Shop/Cart.pm | 40
            + Shop::Cart | Shop::Cart::total | /srv/shop/lib/Shop/Cart.pm | 42
        """,
        ),
        same={"lines": {"line 42": "line 52"}, "folder": {"/srv/shop": "/opt/shop-2"}},
        other={"other": {"Shop::Cart::total": "Shop::Cart::weigh"}},
    ),
    Case(
        name="pyinstaller",
        body=sentry(
            "python",
            "KeyError",
            "'basic'",
            """
            + __main__ | <module> | /tmp/_MEIa1B2c3/shop.py | 9
            + shop.cart | total | /tmp/_MEIa1B2c3/shop/cart.py | 40
        """,
        ),
        same={
            "other run": {"/tmp/_MEIa1B2c3": "/tmp/_MEIzZ9yY8"},
            "windows": {"/tmp/_MEIa1B2c3": "C:\\Users\\Ada\\AppData\\Local\\Temp\\_MEI12042"},
        },
        other={"other": {"total": "weigh"}},
    ),
    Case(
        name="notebook",
        body=sentry(
            "python",
            "ValueError",
            "bad",
            """
            - | run_code | /opt/conda/lib/python3.10/site-packages/IPython/core/interactiveshell.py | 3508
            + __main__ | <module> | /tmp/ipykernel_1234/987654321.py | 1 | total(cart)
            + __main__ | total | /tmp/ipykernel_1234/123123.py | 2 | raise ValueError("bad")
        """,
        ),
        same={
            "other kernel": {"ipykernel_1234": "ipykernel_77"},
            "other cell": {"987654321.py": "111222.py", "123123.py": "987.py"},
        },
        other={"other": {"ValueError": "TypeError"}},
    ),
    Case(
        name="ipython",
        body=sentry(
            "python",
            "ValueError",
            "bad",
            """
            + __main__ | <module> | <ipython-input-12-3f9c1a2b4d5e> | 1 | total(cart)
            + __main__ | total | <ipython-input-7-aa9c1a2b4dbb> | 2 | raise ValueError("bad")
        """,
        ),
        same={
            "other cell": {
                "<ipython-input-12-3f9c1a2b4d5e>": "<ipython-input-31-00ff00ff00ff>",
                "<ipython-input-7-aa9c1a2b4dbb>": "<ipython-input-8-aa9c1a2b4dbb>",
            }
        },
        other={"other type": {"ValueError": "TypeError"}},
    ),
    Case(
        name="packed python",
        body=sentry(
            "python",
            "KeyError",
            "'basic'",
            """
            - gunicorn.app | run | /opt/conda/envs/shop/lib/python3.10/site-packages/gunicorn/app/base.py | 72
            - celery.app.trace | trace_task | /nix/store/0123456789abcdfghijklmnpqrsvwxyz-python3-3.11/lib/python3.11/site-packages/celery/app/trace.py | 450
            + shop.tasks | pay | /root/.pex/unzipped_pexes/3f9c1a2b/shop/tasks.py | 40
            + shop.tasks | pay.<locals>.retry | /root/.pex/unzipped_pexes/3f9c1a2b/shop/tasks.py | 44
            + shop.cart | Cart.total | /root/.pex/unzipped_pexes/3f9c1a2b/shop/cart.py | 12
            + shop.cart | __init__ | <attrs generated init shop.cart.Cart> | 6
        """,
        ),
        same={
            "other pex": {"unzipped_pexes/3f9c1a2b": "unzipped_pexes/99aa0b1c"},
            "other env": {
                "/opt/conda/envs/shop/lib/python3.10": "/home/ada/.virtualenvs/shop/lib/python3.12"
            },
            "other store": {"0123456789abcdfghijklmnpqrsvwxyz": "zyxwvsrqpnmlkjihgfdcba9876543210"},
        },
        other={"other task": {"pay": "refund"}},
    ),
    Case(
        name="django wrappers",
        body=chain(
            "python",
            (
                "KeyError",
                "'basic'",
                """
                - django.core.handlers.exception | inner | django/core/handlers/exception.py | 55
                - django.core.handlers.base | _get_response | django/core/handlers/base.py | 197
                + shop.views | checkout | shop/views.py | 40 | total = cart.total()
                + shop.cart | total | shop/cart.py | 12 | return prices[plan]""",
            ),
        ),
        same={
            "async": {"django.core.handlers.base": "asgiref.sync", "_get_response": "thread_handler"},
            "line": {"total = cart.total()": "total = cart.total(now)"},
        },
        other={"other view": {"checkout": "preview"}},
    ),
]
