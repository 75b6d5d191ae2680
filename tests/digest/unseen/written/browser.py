"""Scripts: browsers, bundlers, Electron, React Native, Lambda, extensions; and Dart."""

# ruff: noqa: E501 (what machines write does not break)

from tests.digest.unseen.written.case import Case, sentry

_CHROME = """
+ | ? | https://shop.example/static/js/main.3f9c1a2b.js | 1
+ | HTMLButtonElement.<anonymous> | https://shop.example/static/js/main.3f9c1a2b.js | 2
+ | Cart.checkout | https://shop.example/static/js/main.3f9c1a2b.js | 3
+ | Array.map | <anonymous> |
+ | new Price | https://shop.example/static/js/main.3f9c1a2b.js | 5
+ | async Promise.all | (index 0) |
+ | netPrice | https://shop.example/static/js/main.3f9c1a2b.js | 6
"""

CASES = [
    Case(
        name="chrome",
        body=sentry(
            "javascript", "TypeError", "Cannot read properties of undefined (reading 'net')", _CHROME
        ),
        same={
            "hash": {"main.3f9c1a2b.js": "main.00ffaa11.js"},
            "host": {"https://shop.example": "https://cdn7.shop.example"},
            "query": {"main.3f9c1a2b.js": "main.3f9c1a2b.js?v=17"},
            "firefox": {
                "HTMLButtonElement.<anonymous>": "?",
                "Cart.checkout": "checkout",
                "new Price": "Price",
            },
            "firefox says": {
                "Cannot read properties of undefined (reading 'net')": 'can\'t access property "net", price is undefined'
            },
            "safari says": {
                "Cannot read properties of undefined (reading 'net')": "undefined is not an object (evaluating 'price.net')"
            },
            "old chrome says": {
                "Cannot read properties of undefined (reading 'net')": "Cannot read property 'net' of undefined"
            },
            "promise": {"(index 0)": "(index 4)"},
            "handler": {"HTMLButtonElement.<anonymous>": "HTMLAnchorElement.<anonymous>"},
        },
        other={
            "other function": {"netPrice": "grossPrice"},
            "other method": {"Cart.checkout": "Cart.cancel"},
            "other bundle": {"main.3f9c1a2b": "admin.3f9c1a2b"},
        },
    ),
    Case(
        name="firefox",
        body=sentry(
            "javascript",
            "TypeError",
            "price is undefined",
            """
            + | onclick | https://shop.example/ | 1
            + | checkout/< | https://shop.example/app.js | 3
            + | checkout/total</inner | https://shop.example/app.js | 5
            + | async*netPrice | https://shop.example/app.js | 6
        """,
        ),
        same={
            "chrome": {"checkout/total</inner": "inner", "async*netPrice": "async netPrice"},
            "closure": {"checkout/<": "checkout/</<"},
        },
        other={"other": {"netPrice": "grossPrice"}},
    ),
    Case(
        name="vite",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + | mount | https://shop.example/assets/index-BDxZ1abc.js | 1
            + | setup | https://shop.example/assets/CartView-C_9kqP2w.js | 3
            + | total | https://shop.example/assets/cart-DkL0-_aZ.js | 3
        """,
        ),
        same={
            "hash": {
                "index-BDxZ1abc": "index-Qw3rTy_9",
                "CartView-C_9kqP2w": "CartView-aaBBccDD",
                "cart-DkL0-_aZ": "cart-BzKtYwQn",
            },
            "dev server": {
                "https://shop.example/assets/index-BDxZ1abc.js": "https://shop.example/assets/index-Cq7_Lm2P.js?t=1764000000123"
            },
        },
        other={"other view": {"CartView-": "MenuView-"}, "other function": {"total": "weigh"}},
    ),
    Case(
        name="next",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + | a | https://shop.example/_next/static/chunks/framework-2c79e2a64abdb08b.js | 1
            + | checkout | https://shop.example/_next/static/chunks/pages/cart/%5Bid%5D-0a1b2c3d4e5f6071.js | 3
            + | total | https://shop.example/_next/static/chunks/1184-ab12cd34ef56ab78.js | 3
            + | net | https://shop.example/_next/static/k3Jd9_xQ2-LmN0pQrStUv/_ssgManifest.js | 3
        """,
        ),
        same={
            "hash": {"0a1b2c3d4e5f6071": "ffeeddccbbaa9988", "2c79e2a64abdb08b": "0000111122223333"},
            "chunk": {"1184-ab12cd34ef56ab78": "7-00ffaa11bb22cc33"},
            "build id": {"k3Jd9_xQ2-LmN0pQrStUv": "Zz9-AbCdEfGhIjKlMnOpQ"},
        },
        other={"other page": {"pages/cart": "pages/menu"}},
    ),
    Case(
        name="webpack",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + ./src/cart.js | checkout | webpack:///./src/cart.js?3f9c | 3
            + ./src/price.ts | Module.net | webpack-internal:///./src/price.ts | 3
            - ./node_modules/lodash/map.js | map | webpack:///./node_modules/lodash/map.js | 3
            + ./src/vat.js | __webpack_exports__.vat | webpack://shop/./src/vat.js | 3
        """,
        ),
        same={
            "query": {"cart.js?3f9c": "cart.js?b07e"},
            "prefix": {"webpack-internal:///./src/price.ts": "webpack:///./src/price.ts"},
            "namespace": {"webpack://shop/./": "webpack://shop-2/./"},
            "other lodash": {"map.js": "_arrayMap.js"},
        },
        other={"other file": {"cart.js": "menu.js"}},
    ),
    Case(
        name="electron",
        body=sentry(
            "javascript",
            "Error",
            "EACCES: permission denied, open '/home/ada/.shop/7.json'",
            """
            + | ? | file:///C:/Users/Ada/AppData/Local/Programs/shop/resources/app.asar/dist/main.js | 1
            + | openCart | file:///C:/Users/Ada/AppData/Local/Programs/shop/resources/app.asar/dist/cart.js | 3
        """,
        ),
        same={
            "other user": {"Users/Ada": "Users/Bob Smith"},
            "mac": {
                "file:///C:/Users/Ada/AppData/Local/Programs/shop/resources": "file:///Applications/Shop.app/Contents/Resources"
            },
            "app": {"file:///C:/Users/Ada/AppData/Local/Programs/shop/resources/app.asar": "app://"},
        },
        other={"other": {"openCart": "saveCart"}},
    ),
    Case(
        name="react native",
        body=sentry(
            "javascript",
            "TypeError",
            "undefined is not an object (evaluating 'cart.total')",
            """
            + | onPress | app:///index.android.bundle | 1
            + | checkout | app:///index.android.bundle | 1
            + | apply | [native code] |
            + | total | app:///index.android.bundle | 1
        """,
        ),
        same={
            "path of a phone": {
                "app:///index.android.bundle": "/data/user/0/com.acme.shop/files/CodePush/3f9c1a2b/index.android.bundle"
            },
            "no native frame": {"apply": "invoke"},
        },
        other={"other": {"checkout": "cancel"}},
    ),
    Case(
        name="react native ios",
        body=sentry(
            "javascript",
            "TypeError",
            "undefined is not an object (evaluating 'cart.total')",
            """
            + | onPress | /var/containers/Bundle/Application/1B4E28BA-2FA1-11D2-883F-0016D3CCA427/Shop.app/main.jsbundle | 1
            + | total | /var/containers/Bundle/Application/1B4E28BA-2FA1-11D2-883F-0016D3CCA427/Shop.app/main.jsbundle | 1
        """,
        ),
        same={
            "other install": {"1B4E28BA-2FA1-11D2-883F-0016D3CCA427": "9F86D081-884C-4D63-A15E-0CBA4A2F7B11"}
        },
        other={"other": {"total": "weigh"}},
    ),
    Case(
        name="extension",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + | inject | moz-extension://1b4e28ba-2fa1-11d2-883f-0016d3cca427/content.js | 1
            + | total | moz-extension://1b4e28ba-2fa1-11d2-883f-0016d3cca427/cart.js | 1
        """,
        ),
        same={
            "other install": {"1b4e28ba-2fa1-11d2-883f-0016d3cca427": "9f86d081-884c-4d63-a15e-0cba4a2f7b11"},
            "chrome": {
                "moz-extension://1b4e28ba-2fa1-11d2-883f-0016d3cca427": "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
            },
        },
        other={"other": {"total": "weigh"}},
    ),
    Case(
        name="inline and blob",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + | onmessage | blob:https://shop.example/1b4e28ba-2fa1-11d2-883f-0016d3cca427 | 1
            + | total | https://shop.example/cart/17 | 41
        """,
        ),
        same={
            "other blob": {"1b4e28ba-2fa1-11d2-883f-0016d3cca427": "9f86d081-884c-4d63-a15e-0cba4a2f7b11"},
            "other page": {"/cart/17": "/cart/4711?ref=mail"},
        },
        other={"other": {"total": "weigh"}},
    ),
    Case(
        name="compiled async",
        body=sentry(
            "javascript",
            "Error",
            "no cart",
            """
            + | step | https://shop.example/app.js | 1
            + | asyncGeneratorStep | https://shop.example/app.js | 1
            + | _callee3$ | https://shop.example/app.js | 12
            + | Object.fetchCart [as load] | https://shop.example/app.js | 21
            + | total | https://shop.example/app.js | 30
        """,
        ),
        same={"callee": {"_callee3$": "_callee7$"}, "alias": {"Object.fetchCart [as load]": "fetchCart"}},
        other={"other": {"fetchCart": "fetchMenu"}},
    ),
    Case(
        name="lambda",
        body=sentry(
            "node",
            "Error",
            "no order 17",
            """
            - | Runtime.handleOnceNonStreaming | file:///var/runtime/index.mjs | 1173
            + | Runtime.handler | /var/task/src/index.js | 40
            + | total | /var/task/src/cart.js | 12
        """,
        ),
        same={
            "new runtime": {
                "Runtime.handleOnceNonStreaming": "Runtime.handleOnce",
                "index.mjs": "Runtime.js",
            },
            "layer": {"/var/task/": "/opt/nodejs/"},
            "order": {"order 17": "order 99"},
        },
        other={"other": {"total": "weigh"}},
    ),
    Case(
        name="pnpm",
        body=sentry(
            "node",
            "Error",
            "no order 17",
            """
            - | Layer.handle | /app/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router/layer.js | 95
            + | CartController.checkout | /app/dist/cart.controller.js | 40
            - | Repository.find | /app/node_modules/.pnpm/typeorm@0.3.17_pg@8.11.0/node_modules/typeorm/repository/Repository.js | 12
            + | CartService.total | /app/dist/cart.service.js | 12
        """,
        ),
        same={
            "other versions": {
                "express@4.18.2": "express@4.19.0",
                "typeorm@0.3.17_pg@8.11.0": "typeorm@0.3.20_pg@8.12.0",
            },
            "folder": {"/app/dist": "/home/ada/shop/dist"},
        },
        other={"other": {"CartService.total": "CartService.weigh"}},
    ),
    Case(
        name="node text",
        protocol="plain",
        body="""TypeError: Cannot read properties of undefined (reading 'price')
    at Cart.total (/home/ada/shop/src/cart.js:42:17)
    at /home/ada/shop/src/web.js:12:9
    at Array.map (<anonymous>)
    at async checkout (file:///home/ada/shop/src/web.js:20:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
""",
        same={
            "lines": {"42:17": "44:17", "12:9": "19:9", "20:3": "27:5"},
            "folder": {"/home/ada/shop": "/usr/src/app"},
            "other node": {
                "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)\n": ""
            },
        },
        other={
            "other method": {"Cart.total": "Cart.weigh"},
            "other caller": {"async checkout": "async cancel"},
            "other type": {"TypeError": "RangeError"},
        },
    ),
    Case(
        name="flutter",
        body=sentry(
            "dart",
            "_TypeError",
            "Null check operator used on a null value",
            """
            - | GestureRecognizer.invokeCallback | package:flutter/src/gestures/recognizer.dart | 253
            + | _CartState.build.<anonymous closure> | package:shop/cart.dart | 40
            + | _CartState._pay | package:shop/cart.dart | 51
            + | Cart.total.<fn> | package:shop/model/cart.dart | 12
            - | List.forEach | dart:core-patch/growable_array.dart | 410
        """,
        ),
        same={
            "new flutter": {
                "GestureRecognizer.invokeCallback": "GestureRecognizer.callback",
                "recognizer.dart": "tap.dart",
            },
            "closure": {"Cart.total.<fn>": "Cart.total.<anonymous closure>"},
        },
        other={
            "other": {"_CartState._pay": "_CartState._cancel"},
            "other file": {"package:shop/model/cart.dart": "package:shop/model/order.dart"},
        },
    ),
    Case(
        name="dart text",
        protocol="plain",
        body="""Unhandled exception:
FormatException: Invalid number 17x
#0      Cart.total (package:shop/cart.dart:42:7)
#1      main.<anonymous closure> (file:///home/ada/shop/bin/main.dart:12:3)
#2      _rootRun (dart:async/zone.dart:1399:13)
<asynchronous suspension>
""",
        same={
            "lines": {"42:7": "44:7", "12:3": "19:3"},
            "folder": {"/home/ada/shop": "/app"},
            "number": {"17x": "9x"},
        },
        other={"other": {"Cart.total": "Cart.weigh"}},
    ),
]
