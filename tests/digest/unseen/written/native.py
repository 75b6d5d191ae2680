"""Apple's, C++, Rust, Go, Swift, and what runs games."""

# ruff: noqa: E501 (what machines write does not break)

import json

from tests.digest.unseen.written.case import Case, frames, payload, sentry


def _addressed(stack: str, image: str, base: int) -> str:
    """Frames that know addresses, as those of native code do."""
    found = frames(stack)
    for number, frame in enumerate(found):
        frame["package"] = image
        frame["instruction_addr"] = hex(base + 4096 * (number + 1) + 16)
        frame["image_addr"] = hex(base)
        frame["symbol_addr"] = hex(base + 4096 * (number + 1))
    return json.dumps(found)


_APPLE = """
- | main | |
- | UIApplicationMain | |
- | -[UIControl sendAction:to:forEvent:] | |
+ | @objc CartViewController.pay(_:) | CartViewController.swift | 40
+ | CartViewController.pay(_:) | CartViewController.swift | 42
+ | closure #1 in CartViewController.pay(_:) | CartViewController.swift | 44
+ | -[SHOPCart total:] | SHOPCart.m | 90
+ | __18-[SHOPCart total:]_block_invoke_2 | SHOPCart.m | 93
"""
_BUNDLE = "/private/var/containers/Bundle/Application/1B4E28BA-2FA1-11D2-883F-0016D3CCA427/Shop.app/Shop"


def _apple() -> str:
    body = payload(
        "cocoa",
        exception={
            "values": [
                {
                    "type": "EXC_BAD_ACCESS",
                    "value": "Attempted to dereference garbage pointer at 0x10.",
                    "mechanism": {
                        "type": "mach",
                        "handled": False,
                        "meta": {"mach_exception": {"exception": 1}},
                    },
                    "thread_id": 0,
                    "stacktrace": {"frames": "FRAMES"},
                }
            ]
        },
        debug_meta={"images": [{"type": "macho", "image_addr": "0x104000000"}]},
    )
    return body.replace('"FRAMES"', _addressed(_APPLE, _BUNDLE, 0x104000000))


CASES = [
    Case(
        name="apple",
        body=_apple(),
        same={
            "other addresses": {
                f"0x104{at:06x}": f"0x1a8{at:06x}"
                for at in [0, *(4096 * n + 16 for n in range(1, 9)), *(4096 * n for n in range(1, 9))]
            },
            "other install": {"1B4E28BA-2FA1-11D2-883F-0016D3CCA427": "9F86D081-884C-4D63-A15E-0CBA4A2F7B11"},
            "simulator": {
                "/private/var/containers/Bundle/Application/": "/Users/ada/Library/Developer/CoreSimulator/Devices/7/data/Containers/Bundle/Application/"
            },
            "pointer": {"pointer at 0x10.": "pointer at 0x7fedcba98."},
            "block number": {"_block_invoke_2": "_block_invoke_4"},
            "closure number": {"closure #1": "closure #3"},
            "new system": {"-[UIControl sendAction:to:forEvent:]": "-[UIControl _sendAction:to:]"},
        },
        other={
            "other method": {"-[SHOPCart total:]": "-[SHOPCart refund:]"},
            "other caller": {"CartViewController.pay(_:)": "CartViewController.cancel(_:)"},
            "other type": {"EXC_BAD_ACCESS": "EXC_CRASH"},
        },
    ),
    Case(
        name="swift names",
        body=sentry(
            "cocoa",
            "Fatal error",
            "Unexpectedly found nil while unwrapping an Optional value",
            """
            + | static ShopApp.$main() | ShopApp.swift | 4
            + | specialized Cart.total(of:) | Cart.swift | 12
            + | partial apply for closure #2 in Cart.total(of:) | <compiler-generated> |
            + | Cart.price.getter | Cart.swift | 31
        """,
        ),
        same={
            "not specialised": {"specialized Cart.total(of:)": "Cart.total(of:)"},
            "generic specialisation": {
                "specialized Cart.total(of:)": "generic specialization <Swift.Int> of Cart.total(of:)"
            },
            "closure": {"closure #2": "closure #4"},
        },
        other={
            "setter": {"Cart.price.getter": "Cart.tax.getter"},
            "other label": {
                "specialized Cart.total(of:)": "specialized Cart.weight(of:)",
                "in Cart.total(of:)": "in Cart.weight(of:)",
            },
        },
    ),
    Case(
        name="nserror",
        body=payload(
            "cocoa",
            exception={
                "values": [
                    {
                        "type": "NSURLErrorDomain",
                        "value": "Code: -1009",
                        "mechanism": {
                            "type": "NSError",
                            "meta": {"ns_error": {"domain": "NSURLErrorDomain", "code": -1009}},
                        },
                    }
                ]
            },
        ),
        same={},
        other={"other domain": {"NSURLErrorDomain": "NSCocoaErrorDomain"}},
    ),
    Case(
        name="c++",
        body=sentry(
            "native",
            "SIGSEGV",
            "Segfault",
            """
            - | __libc_start_main | |
            + | main | /home/ada/shop/main.cpp | 9
            + | shop::Cart::total(std::vector<shop::Item, std::allocator<shop::Item> > const&) | /home/ada/shop/cart.cpp | 40
            + | shop::Cart::total(std::vector<shop::Item, std::allocator<shop::Item> > const&)::{lambda(shop::Item const&)#1}::operator()(shop::Item const&) const | /home/ada/shop/cart.cpp | 44
            + | shop::(anonymous namespace)::price(int) | /home/ada/shop/cart.cpp | 12
        """,
        ),
        same={
            "other folder": {"/home/ada/shop": "/builds/agent-7/shop"},
            "lambda": {"{lambda(shop::Item const&)#1}": "{lambda(shop::Item const&)#3}"},
            "no allocator": {
                "std::vector<shop::Item, std::allocator<shop::Item> > const&": "std::vector<shop::Item> const&"
            },
            "other compiler": {"(anonymous namespace)": "`anonymous namespace'"},
        },
        other={"other function": {"price(int)": "weight(int)"}, "other class": {"shop::Cart": "shop::Order"}},
    ),
    Case(
        name="c++ clang",
        body=sentry(
            "native",
            "SIGABRT",
            "Abort",
            """
            + | main | /home/ada/shop/main.cpp | 9
            + | shop::run()::$_0::operator()() const | /home/ada/shop/run.cpp | 40
            + | shop::work(int) [clone .isra.0] | /home/ada/shop/run.cpp | 12
            + | shop::leaf(int) [clone .constprop.3] | /home/ada/shop/run.cpp | 7
        """,
        ),
        same={
            "lambda": {"$_0": "$_4"},
            "clone": {" [clone .isra.0]": ""},
            "other clone": {".constprop.3": ".constprop.0"},
        },
        other={"other function": {"shop::work": "shop::rest"}},
    ),
    Case(
        name="unsymbolicated",
        body=payload(
            "native",
            exception={
                "values": [
                    {
                        "type": "SIGSEGV",
                        "value": "Segfault",
                        "stacktrace": {
                            "frames": [
                                {
                                    "instruction_addr": "0x55d0c0de1010",
                                    "package": "/usr/bin/shop",
                                    "in_app": True,
                                    "function": "shop_main",
                                },
                                {
                                    "instruction_addr": "0x7f00c0de1010",
                                    "package": "/usr/lib/libcart.so.3",
                                    "in_app": True,
                                },
                            ]
                        },
                    }
                ]
            },
        ),
        same={"other addresses": {"0x55d0c0de1010": "0x5610aaaa1010", "0x7f00c0de1010": "0x7fffbbbb1010"}},
        other={"other function": {"shop_main": "shop_idle"}},
    ),
    Case(
        name="rust",
        body=sentry(
            "native",
            "panic",
            "called `Option::unwrap()` on a `None` value",
            """
            - | std::rt::lang_start::{{closure}} | /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/std/src/rt.rs | 165
            + | shop::main::h0123456789abcdef | /home/ada/shop/src/main.rs | 9
            + | shop::cart::total::{{closure}}::hfedcba9876543210 | /home/ada/shop/src/cart.rs | 40
            + | <shop::cart::Cart as core::ops::Drop>::drop | /home/ada/shop/src/cart.rs | 60
            - | core::panicking::panic_fmt | /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/panicking.rs | 72
        """,
        ),
        same={
            "hash": {"::h0123456789abcdef": "::h00ff00ff00ff00ff"},
            "no hash": {"::h0123456789abcdef": ""},
            "other compiler": {
                "90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "panic_fmt": "panic_nounwind_fmt",
            },
            "other folder": {"/home/ada/shop": "/build"},
        },
        other={
            "other function": {"shop::cart::total": "shop::cart::weigh"},
            "other trait": {"core::ops::Drop>::drop": "core::fmt::Display>::fmt"},
        },
    ),
    Case(
        name="go",
        body=sentry(
            "go",
            "*errors.errorString",
            "no order 17",
            """
            - net/http | (*conn).serve | /usr/local/go/src/net/http/server.go | 1995
            - github.com/gin-gonic/gin | (*Engine).ServeHTTP | /go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go | 576
            + github.com/acme/shop/web | (*Server).Checkout | /src/web/server.go | 40
            + github.com/acme/shop/web | (*Server).Checkout.func2 | /src/web/server.go | 44
            + github.com/acme/shop/cart | Total[...] | /src/cart/cart.go | 12
            + main | main.func1.2 | /src/main.go | 20
        """,
        ),
        same={
            "other gin": {"gin@v1.9.1": "gin@v1.10.0"},
            "closure": {"Checkout.func2": "Checkout.func3", "main.func1.2": "main.func4.1"},
            "closure with its own name": {"Checkout.func2": "Checkout.func12"},
            "other folder": {"/src/": "/home/ada/go/src/github.com/acme/shop/"},
            "other go": {"/usr/local/go/src": "/opt/hostedtoolcache/go/1.22.3/x64/src"},
        },
        other={
            "other method": {"(*Server).Checkout.func2": "(*Server).Refund.func2"},
            "other package": {"github.com/acme/shop/cart": "github.com/acme/shop/stock"},
            "other type": {"*errors.errorString": "*shop.OrderError"},
        },
    ),
    Case(
        name="go text",
        protocol="plain",
        body="""panic: runtime error: index out of range [7] with length 3

goroutine 17 [running]:
main.(*Server).total(0xc000010000, 0x7)
\t/home/ada/shop/server.go:42 +0x1d
main.main.func1()
\t/home/ada/shop/main.go:9 +0x3f
created by main.main in goroutine 1
\t/home/ada/shop/main.go:8 +0x5a
exit status 2
""",
        same={
            "goroutine": {"goroutine 17": "goroutine 4021"},
            "addresses": {"0xc000010000, 0x7": "0xc0000aa000, 0x9", "+0x1d": "+0x2c"},
            "index": {"[7] with length 3": "[12] with length 12"},
            "lines": {"server.go:42": "server.go:52", "main.go:9": "main.go:19"},
            "folder": {"/home/ada/shop": "/src"},
            "closure": {"main.main.func1": "main.main.func3"},
        },
        other={"other method": {"(*Server).total": "(*Server).weigh"}},
    ),
    Case(
        name="rust text",
        protocol="plain",
        body="""thread 'worker-3' panicked at src/cart.rs:40:17:
index out of bounds: the len is 3 but the index is 7
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/std/src/panicking.rs:645:5
   1: core::panicking::panic_fmt
             at /rustc/90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf/library/core/src/panicking.rs:72:14
   2: shop::cart::total
             at ./src/cart.rs:40:17
   3: shop::main
             at ./src/main.rs:9:5
""",
        same={
            "thread": {"worker-3": "worker-12"},
            "numbers": {"the len is 3 but the index is 7": "the len is 12 but the index is 99"},
            "lines": {"cart.rs:40:17": "cart.rs:52:9", "main.rs:9:5": "main.rs:11:5"},
            "other rust": {
                "90b35a6239c3d8bdabc530a6a0816f7ff89a0aaf": "da39a3ee5e6b4b0d3255bfef95601890afd80709"
            },
        },
        other={"other function": {"shop::cart::total": "shop::cart::weigh"}},
    ),
    Case(
        name="unity",
        body=sentry(
            "csharp",
            "NullReferenceException",
            "Object reference not set to an instance of an object.",
            """
            - UnityEngine.EventSystems.EventSystem | Update | EventSystem.cs | 514
            + Shop.CartPanel | OnClick() | <3f9c1a2b4d5e6f708192a3b4c5d6e7f8> |
            + Shop.CartPanel+<Load>d__3 | MoveNext() | <3f9c1a2b4d5e6f708192a3b4c5d6e7f8> |
            + Shop.CartPanel+<>c__DisplayClass5_0 | <Load>b__1 | Assets/Scripts/CartPanel.cs | 40
        """,
        ),
        same={
            "other build": {"<3f9c1a2b4d5e6f708192a3b4c5d6e7f8>": "<00000000000000000000000000000000>"},
            "state machine": {"<Load>d__3": "<Load>d__11"},
            "closure": {"DisplayClass5_0": "DisplayClass12_1", "<Load>b__1": "<Load>b__4"},
        },
        other={
            "other coroutine": {"<Load>d__3": "<Save>d__3", "<Load>b__1": "<Save>b__1"},
            "other panel": {"Shop.CartPanel": "Shop.MenuPanel"},
        },
    ),
]
