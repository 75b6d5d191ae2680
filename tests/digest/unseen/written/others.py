"""Clients of other vendors, in languages that no capture has, as their notifiers send them."""

import json
from typing import Any

from tests.digest.unseen.written.case import Case


def _bugsnag(*frames: dict[str, Any], error: str, message: str) -> str:
    exception = {"errorClass": error, "message": message, "type": "android", "stacktrace": frames}
    event = {"payloadVersion": "4", "exceptions": [exception], "unhandled": True, "severity": "error"}
    return json.dumps({"apiKey": "shop", "notifier": {"name": "Android Bugsnag Notifier"}, "events": [event]})


def _rollbar(language: str, error: str, message: str, *frames: dict[str, Any]) -> str:
    trace = {"frames": frames, "exception": {"class": error, "message": message}}
    return json.dumps({"access_token": "shop", "data": {"language": language, "body": {"trace": trace}}})


CASES = [
    Case(
        name="bugsnag android",
        protocol="bugsnag.notify",
        body=_bugsnag(
            {"method": "com.acme.shop.Cart.total", "file": "Cart.kt", "lineNumber": 12, "inProject": True},
            {
                "method": "com.acme.shop.Cart$load$1.invokeSuspend",
                "file": "Cart.kt",
                "lineNumber": 9,
                "inProject": True,
            },
            {
                "method": "com.acme.shop.CartActivity$$ExternalSyntheticLambda3.run",
                "file": "D8$$SyntheticClass",
                "lineNumber": 0,
                "inProject": True,
            },
            {
                "method": "android.os.Handler.dispatchMessage",
                "file": "Handler.java",
                "lineNumber": 106,
                "inProject": False,
            },
            error="java.lang.IllegalStateException",
            message="order 17 is closed",
        ),
        same={
            "lines": {'"lineNumber": 12': '"lineNumber": 19', '"lineNumber": 9': '"lineNumber": 16'},
            "lambda": {"ExternalSyntheticLambda3": "ExternalSyntheticLambda0"},
            "coroutine": {"load$1": "load$2"},
            "android": {"dispatchMessage": "handleCallback"},
            "order": {"order 17": "order 4711"},
        },
        other={
            "place": {"Cart.total": "Cart.weigh"},
            "caller": {"Cart$load": "Cart$save"},
            "type": {"IllegalStateException": "IllegalArgumentException"},
        },
    ),
    Case(
        name="rollbar php",
        protocol="rollbar.item",
        body=_rollbar(
            "php",
            "RuntimeException",
            "order 17 is closed",
            {"filename": "/var/www/html/public/index.php", "lineno": 9},
            {"filename": "/var/www/html/app/Cart.php", "lineno": 40, "method": "App\\Cart::App\\{closure}"},
            {"filename": "/var/www/html/app/Order.php", "lineno": 12, "method": "App\\Order::close"},
        ),
        same={
            "lines": {'"lineno": 40': '"lineno": 44', '"lineno": 12': '"lineno": 19'},
            "folder": {"/var/www/html": "/srv/releases/20260102030405"},
            "closure": {"App\\\\Cart::App\\\\{closure}": "App\\\\Cart::{closure:App\\\\Cart::all():39}"},
            "order": {"order 17": "order 4711"},
        },
        other={
            "place": {"Order::close": "Order::open"},
            "file": {"app/Cart.php": "app/Menu.php"},
            "type": {"RuntimeException": "LogicException"},
        },
    ),
    Case(
        name="rollbar ruby",
        protocol="rollbar.item",
        body=_rollbar(
            "ruby",
            "NoMethodError",
            "undefined method `price' for nil:NilClass",
            {
                "filename": "/usr/local/bundle/gems/rack-2.2.4/lib/rack/etag.rb",
                "lineno": 27,
                "method": "call",
            },
            {"filename": "/app/app/controllers/carts_controller.rb", "lineno": 40, "method": "block in show"},
            {
                "filename": "/app/app/views/carts/show.html.erb",
                "lineno": 12,
                "method": "_app_views_carts_show_html_erb___31_70123",
            },
        ),
        same={
            "template": {"_erb___31_70123": "_erb__998877_4"},
            "gem": {"rack-2.2.4": "rack-3.0.8", '"lineno": 27': '"lineno": 31'},
            "folder": {"/app/app/": "/srv/shop/app/"},
            "newer ruby": {"block in show": "block in CartsController#show"},
        },
        other={
            "view": {"_app_views_carts_show": "_app_views_carts_edit", "show.html.erb": "edit.html.erb"},
            "action": {"block in show": "block in edit"},
        },
    ),
    Case(
        name="airbrake ruby",
        protocol="airbrake.notice",
        body=json.dumps(
            {
                "errors": [
                    {
                        "type": "KeyError",
                        "message": "key not found: 17",
                        "backtrace": [
                            {"file": "/PROJECT_ROOT/lib/cart.rb", "line": 12, "function": "fetch"},
                            {
                                "file": "/PROJECT_ROOT/lib/cart.rb",
                                "line": 40,
                                "function": "block (2 levels) in total",
                            },
                            {"file": "/GEM_ROOT/gems/rack-2.2.4/lib/rack.rb", "line": 3, "function": "call"},
                        ],
                    }
                ],
                "context": {"language": "ruby/3.2", "hostname": "web-1"},
            }
        ),
        same={
            "host": {"web-1": "web-9"},
            "key": {"found: 17": "found: 99"},
            "gem": {"rack-2.2.4": "rack-3.1.0"},
            "lines": {'"line": 12': '"line": 31'},
        },
        other={"place": {"fetch": "store"}, "caller": {"in total": "in weigh"}},
    ),
    Case(
        name="honeybadger ruby",
        protocol="honeybadger.notice",
        body=json.dumps(
            {
                "notifier": {"name": "honeybadger-ruby", "language": "ruby"},
                "error": {
                    "class": "KeyError",
                    "message": "KeyError: key not found: 17",
                    "backtrace": [
                        {
                            "number": "12",
                            "file": "[PROJECT_ROOT]/lib/stock.rb",
                            "method": "fetch",
                            "context": "app",
                        },
                        {
                            "number": "40",
                            "file": "[PROJECT_ROOT]/lib/stock.rb",
                            "method": "block in total",
                            "context": "app",
                        },
                        {"number": "3", "file": "[GEM_ROOT]/gems/rack-2.2.4/lib/rack.rb", "method": "call"},
                    ],
                },
                "server": {"hostname": "web-1", "pid": 17},
            }
        ),
        same={
            "host": {"web-1": "web-9"},
            "lines": {'"12"': '"19"'},
            "gem": {"rack-2.2.4": "rack-3.1.0"},
            "block": {"block in total": "block (3 levels) in total"},
        },
        other={"place": {"fetch": "store"}, "type": {"KeyError": "IndexError"}},
    ),
    Case(
        name="raygun dotnet",
        protocol="raygun.entry",
        body=json.dumps(
            {
                "occurredOn": "2026-01-02T03:04:05Z",
                "details": {
                    "client": {"name": "Raygun4Net"},
                    "machineName": "WEB1",
                    "error": {
                        "className": "System.InvalidOperationException",
                        "message": "order 17 is closed",
                        "stackTrace": [
                            {
                                "lineNumber": 42,
                                "className": "Shop.CartService+<TotalAsync>d__12",
                                "fileName": "C:\\src\\Shop\\CartService.cs",
                                "methodName": "MoveNext()",
                            },
                            {
                                "lineNumber": 12,
                                "className": "Shop.Web+<>c__DisplayClass3_0",
                                "fileName": "C:\\src\\Shop\\Web.cs",
                                "methodName": "<Checkout>b__0(Item item)",
                            },
                            {
                                "lineNumber": 0,
                                "className": "Microsoft.AspNetCore.Mvc.Infrastructure.Invoker",
                                "methodName": "InvokeAsync()",
                            },
                        ],
                    },
                },
            }
        ),
        same={
            "state machine": {"d__12": "d__4"},
            "closure": {"DisplayClass3_0": "DisplayClass9_1", "b__0": "b__2"},
            "folder": {"C:\\\\src": "D:\\\\a\\\\1\\\\s"},
            "machine": {"WEB1": "WEB22"},
        },
        other={"place": {"<TotalAsync>": "<WeighAsync>"}, "caller": {"<Checkout>": "<Cancel>"}},
    ),
    Case(
        name="elastic java",
        protocol="elastic.intake",
        body="\n".join(
            [
                json.dumps(
                    {
                        "metadata": {
                            "service": {
                                "name": "shop",
                                "agent": {"name": "java", "version": "1.50.0"},
                                "language": {"name": "Java"},
                            }
                        }
                    }
                ),
                json.dumps(
                    {
                        "error": {
                            "id": "0" * 32,
                            "timestamp": 1764000000000000,
                            "exception": {
                                "type": "java.lang.IllegalStateException",
                                "message": "order 17 is closed",
                                "stacktrace": [
                                    {
                                        "classname": "com.acme.shop.Billing",
                                        "function": "lambda$pay$3",
                                        "filename": "Billing.java",
                                        "lineno": 77,
                                        "library_frame": False,
                                    },
                                    {
                                        "classname": "com.acme.shop.Audit",
                                        "function": "around",
                                        "filename": "Audit.java",
                                        "lineno": 31,
                                        "library_frame": False,
                                    },
                                    {
                                        "classname": "com.acme.shop.Audit$$SpringCGLIB$$0",
                                        "function": "around",
                                        "filename": "<generated>",
                                        "lineno": 1,
                                        "library_frame": False,
                                    },
                                    {
                                        "classname": "java.lang.Thread",
                                        "function": "run",
                                        "filename": "Thread.java",
                                        "lineno": 840,
                                        "library_frame": True,
                                    },
                                ],
                            },
                        }
                    }
                ),
            ]
        ),
        same={
            "lambda": {"lambda$pay$3": "lambda$pay$0"},
            "proxy": {"SpringCGLIB$$0": "SpringCGLIB$$2"},
            "java": {'"lineno": 840': '"lineno": 1583'},
        },
        other={
            "place": {"lambda$pay$3": "lambda$refund$3"},
            "caller": {"shop.Audit": "shop.Retry", "Audit.java": "Retry.java"},
        },
    ),
]
