"""What Sentry's protocol can say beside exceptions with stacks: messages, templates, threads, policies."""

# ruff: noqa: E501 (what machines write does not break)

from typing import Any

from tests.digest.unseen.written.case import Case, frames, payload


def _csp(directive: str = "img-src", blocked: str = "https://ads.example/7.png") -> str:
    return payload(
        "other",
        logger="csp",
        message=f"Blocked '{directive}' from '{blocked}'",
        csp={
            "effective_directive": directive,
            "violated_directive": f"{directive} 'self'",
            "blocked_uri": blocked,
            "document_uri": "https://shop.example/cart/17",
            "original_policy": "default-src 'self'",
            "disposition": "enforce",
        },
    )


def _thrown(
    number: int, type_: str, value: str, function: str, parent: int | None = None, **mechanism: Any
) -> dict[str, Any]:
    mechanism = {"type": "chained", "exception_id": number, **mechanism}
    if parent is not None:
        mechanism["parent_id"] = parent
    stack = f"+ shop.jobs | run | shop/jobs.py | 9\n+ shop.jobs | {function} | shop/jobs.py | 20"
    return {"type": type_, "value": value, "mechanism": mechanism, "stacktrace": {"frames": frames(stack)}}


_GROUP = payload(
    "python",
    exception={
        "values": [
            _thrown(3, "TimeoutError", "no answer after 30s", "fetch_price", 0),
            _thrown(2, "TimeoutError", "no answer after 31s", "fetch_price", 0),
            _thrown(1, "KeyError", "'basic'", "fetch_stock", 0),
            _thrown(
                0,
                "ExceptionGroup",
                "unhandled errors in a TaskGroup (3 sub-exceptions)",
                "main",
                is_exception_group=True,
            ),
        ]
    },
)

CASES = [
    Case(
        name="template",
        body=payload(
            "python",
            logger="shop",
            logentry={
                "message": "order %s of %s failed",
                "params": ["17", "ada"],
                "formatted": "order 17 of ada failed",
            },
        ),
        same={"other values": {"order 17 of ada failed": "order abc of grace failed"}},
        other={
            "other template": {
                "order %s of %s failed": "cart %s of %s failed",
                "order 17 of ada failed": "cart 17 of ada failed",
            }
        },
    ),
    Case(
        name="template of dotnet",
        body=payload(
            "csharp",
            logger="Shop.Cart",
            logentry={"message": "Order {OrderId} of {User} failed", "formatted": "Order 17 of ada failed"},
        ),
        same={"other values": {"Order 17 of ada failed": "Order abc of grace failed"}},
        other={
            "other template": {
                "Order {OrderId} of {User} failed": "Cart {OrderId} of {User} failed",
                "Order 17 of ada failed": "Cart 17 of ada failed",
            }
        },
    ),
    Case(
        name="message",
        body=payload("go", message="order 17 of ada@example.com failed after 30s"),
        same={"values": {"17": "4711", "ada@example.com": "bob@example.org", "30s": "2s"}},
        other={"verb": {"failed": "passed"}},
    ),
    Case(
        name="message with its stack",
        body=payload(
            "javascript",
            message="cart is empty",
            stacktrace={
                "frames": frames("""
            + | checkout | https://shop.example/app.js | 3
            + | warn | https://shop.example/app.js | 7""")
            },
        ),
        same={"lines": {"app.js": "app.js?v=2"}},
        other={"message": {"cart is empty": "cart is closed"}},
    ),
    Case(
        name="invented type",
        body=payload(
            "javascript",
            exception={
                "values": [
                    {
                        "type": "Error",
                        "value": "Object captured as exception with keys: a, b",
                        "mechanism": {"type": "generic", "handled": True, "synthetic": True},
                        "stacktrace": {
                            "frames": frames(
                                "+ | checkout | https://shop.example/app.js | 3\n+ | pay | https://shop.example/app.js | 7"
                            )
                        },
                    }
                ]
            },
        ),
        same={"type": {"Object captured": "Object was captured"}},
        other={"place": {"checkout": "cancel"}},
    ),
    Case(
        name="thread",
        body=payload(
            "java",
            message="watchdog",
            threads={
                "values": [
                    {
                        "id": 1,
                        "name": "main",
                        "crashed": True,
                        "current": True,
                        "stacktrace": {
                            "frames": frames(
                                "+ com.acme.Main | main | Main.java | 9\n+ com.acme.Loop | spin | Loop.java | 12"
                            )
                        },
                    },
                    {
                        "id": 2,
                        "name": "pool-1-thread-7",
                        "stacktrace": {"frames": frames("- java.lang.Thread | run | Thread.java | 840")},
                    },
                ]
            },
        ),
        same={
            "other pool": {"pool-1-thread-7": "pool-4-thread-1"},
            "other thread is elsewhere": {"java.lang.Thread": "java.util.Timer"},
        },
        other={"message": {"watchdog": "deadlock"}},
    ),
    Case(
        name="stack in the thread",
        body=payload(
            "cocoa",
            exception={
                "values": [
                    {
                        "type": "App Hanging",
                        "value": "App hanging for at least 2000 ms.",
                        "thread_id": 0,
                        "mechanism": {"type": "AppHang"},
                    }
                ]
            },
            threads={
                "values": [
                    {
                        "id": 0,
                        "crashed": False,
                        "current": True,
                        "stacktrace": {
                            "frames": frames("+ | main | main.swift | 9\n+ | Cart.save() | Cart.swift | 12")
                        },
                    }
                ]
            },
        ),
        same={"longer": {"2000 ms": "7314 ms"}, "lines": {"2000 ms": "2001 ms"}},
        other={"elsewhere": {"Cart.save()": "Menu.load()", "Cart.swift": "Menu.swift"}},
    ),
    Case(
        name="group",
        body=_GROUP,
        same={
            "values": {"30s": "45s", "31s": "2s"},
            "how many": {"(3 sub-exceptions)": "(12 sub-exceptions)"},
        },
        other={
            "other leaf": {"KeyError": "ValueError"},
            "other place": {"fetch_stock": "fetch_rates"},
            "other leaves": {"TimeoutError": "ConnectionError"},
        },
    ),
    Case(
        name="csp",
        body=_csp(),
        same={"page": {"/cart/17": "/menu"}, "picture": {"7.png": "banner.gif?x=12"}},
        other={"directive": {"img-src": "script-src"}, "host": {"ads.example": "tracker.example"}},
    ),
    Case(
        name="csp inline",
        body=_csp("script-src-elem", "inline"),
        same={"page": {"/cart/17": "/menu"}},
        other={"eval": {"inline": "eval"}},
    ),
    Case(
        name="expect-ct",
        body=payload(
            "other",
            logger="expect-ct",
            message="Expect-CT failed for 'shop.example'",
            expectct={"hostname": "shop.example", "port": 443},
        ),
        same={},
        other={"host": {"shop.example": "cart.example"}},
    ),
    Case(
        name="fingerprint variables",
        body=payload(
            "python",
            fingerprint=["{{ error.type }}", "{{ transaction }}"],
            transaction="/checkout",
            exception={
                "values": [
                    {
                        "type": "KeyError",
                        "value": "'basic'",
                        "stacktrace": {"frames": frames("+ shop.cart | total | shop/cart.py | 9")},
                    }
                ]
            },
        ),
        same={"another place": {"total": "weigh"}, "value": {"'basic'": "'premium'"}},
        other={"type": {"KeyError": "ValueError"}, "transaction": {"/checkout": "/menu"}},
    ),
    Case(
        name="no function",
        body=payload(
            "javascript",
            exception={
                "values": [
                    {
                        "type": "SyntaxError",
                        "value": "Unexpected token '<'",
                        "stacktrace": {
                            "frames": [
                                {
                                    "filename": "https://shop.example/app.js",
                                    "lineno": 1,
                                    "colno": 1,
                                    "in_app": True,
                                }
                            ]
                        },
                    }
                ]
            },
        ),
        same={"place": {"app.js": "app.js?v=3"}},
        other={"type": {"SyntaxError": "ReferenceError"}, "script": {"app.js": "admin.js"}},
    ),
    Case(
        name="no stack",
        body=payload(
            "python",
            exception={
                "values": [
                    {
                        "type": "OperationalError",
                        "value": 'server at "10.0.0.7", port 5432 failed: Connection refused',
                    }
                ]
            },
        ),
        same={"host": {"10.0.0.7": "192.168.1.200", "5432": "6432"}},
        other={
            "reason": {"Connection refused": "Password is wrong"},
            "type": {"OperationalError": "DatabaseError"},
        },
    ),
    Case(
        name="crash only in the system",
        body=payload(
            "cocoa",
            exception={
                "values": [
                    {
                        "type": "NSRangeException",
                        "value": "*** -[__NSArrayM objectAtIndex:]: index 7 beyond bounds [0 .. 3]",
                        "stacktrace": {
                            "frames": frames("""
            - | UIApplicationMain | |
            - | -[UITableView _updateVisibleCellsNow:] | |
            - | -[__NSArrayM objectAtIndex:] | |""")
                        },
                    }
                ]
            },
        ),
        same={"index": {"index 7": "index 12", "[0 .. 3]": "[0 .. 11]"}},
        other={"other path": {"-[UITableView _updateVisibleCellsNow:]": "-[UICollectionView reloadData]"}},
    ),
]
