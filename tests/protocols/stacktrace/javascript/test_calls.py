import pytest

from app.model import Frame
from app.protocols.stacktrace.javascript import calls as javascript_calls
from tests.protocols.stacktrace.reading import calls, only


@pytest.mark.parametrize(
    ("name", "crash"),
    [
        ("constructor", "new Till /srv/shop/odd.js:3:42"),
        ("getter", "get total /srv/shop/odd.js:4:17"),
        ("iterator", "[Symbol.iterator] /srv/shop/odd.js:5:31"),
        ("oddname", "charge it /srv/shop/odd.js:6:27"),
        ("alias", "Object.named /srv/shop/odd.js:16:71"),
        ("private", "#secret /srv/shop/odd.js:8:20"),
        ("map", "None /srv/shop/odd.js:20:33"),
        ("eval", "inside /srv/shop/odd.js:17:15"),
        ("vm", "inVm templates/cart.tpl:1:25"),
        ("recursion", "f /srv/shop/odd.js:30:38"),
    ],
)
def test_names_of_functions(name: str, crash: str) -> None:
    assert calls(only(f"javascript/node_{name}"))[-1] == crash


def place(frame: Frame | None) -> str | None:
    if frame is None:
        return None
    return " ".join(
        str(part) for part in (frame.function, frame.filename, frame.line, frame.column) if part is not None
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("at pay (/srv/shop/pay.js:3:17)", "pay /srv/shop/pay.js 3 17"),
        ("at async Cart.pay (file:///srv/shop/pay.mjs:3:17)", "Cart.pay /srv/shop/pay.mjs 3 17"),
        ("at Object.f [as named] (C:\\shop\\pay.js:1:2)", "Object.f C:\\shop\\pay.js 1 2"),
        ("at /srv/my shop/pay.js:3:17", "/srv/my shop/pay.js 3 17"),
        ("at Array.map (<anonymous>)", "Array.map <anonymous>"),
        ("at async Promise.all (index 0)", "Promise.all <anonymous>"),
        ("at node:internal/main/run_main_module:28:49", "node:internal/main/run_main_module 28 49"),
        ("at REPL1:1:7", "REPL1 1 7"),
        (
            "at eval (eval at charge (/srv/shop/pay.js:4:5), <anonymous>:1:1)",
            "eval /srv/shop/pay.js 4 5",
        ),
        (
            "at a.b.(anonymous function) [as c] (http://a.test/a.js:1:2)",
            "a.b.(anonymous function) http://a.test/a.js 1 2",
        ),
        ("at async\t \t/srv/shop/pay.js:3:17", "/srv/shop/pay.js 3 17"),
        ("at async\t\tpay (/srv/shop/pay.js:3:17)", "pay /srv/shop/pay.js 3 17"),
        ("at App.render(webpack:///./src/app.jsx?:29:8)", "App.render webpack:///./src/app.jsx? 29 8"),
        ("at s.press(index.android.bundle:21:48)", "s.press index.android.bundle 21 48"),
        ("at Array.forEach(<anonymous>)", "Array.forEach <anonymous>"),
        ("at Array.prototype.map (native code)", "Array.prototype.map native code"),
        ("at eval code (eval code:1:1)", "eval code eval code 1 1"),
        ("at Function code (Function code:3:1)", "Function code Function code 3 1"),
        ("at Anonymous function (http://a.test/a.js:48:13)", "Anonymous function http://a.test/a.js 48 13"),
        ("at save (http://localhost:8080/a.js:42)", "save http://localhost:8080/a.js 42"),
        ("at http://localhost:8080/a.js:48", "http://localhost:8080/a.js 48"),
        ("at async pay (address at index.android.bundle:1:7)", "pay index.android.bundle 1 7"),
        ("at pay (address at index.android.bundle:1:557290)", "pay index.android.bundle 1 557290"),
        ("at apply (native)", "apply native"),
        (
            "at save@safari-web-extension:(//0A1B2C3D/1a2b/a.js:22:10)",
            "save safari-web-extension://0A1B2C3D/1a2b/a.js 22 10",
        ),
        ("at safari-extension:(//0A1B/a.js:22:10)", "safari-extension://0A1B/a.js 22 10"),
        (
            "at Cart::total(int) const (http://a.test/a.wasm:wasm-function[19]:0x10)",
            "Cart::total(int) const http://a.test/a.wasm 16",
        ),
        (
            "at run<int (A::*)(int)>(int) (http://a.test/a.wasm:wasm-function[19]:0x10)",
            "run<int (A::*)(int)>(int) http://a.test/a.wasm 16",
        ),
        ("at f (/srv/shop (1)/pay.js:3:4)", "f /srv/shop (1)/pay.js 3 4"),
        ("at f (/srv/a)b/pay.js:3:4)", "f /srv/a)b/pay.js 3 4"),
        ("at f (/srv/a(b/pay.js:3:4)", "f /srv/a(b/pay.js 3 4"),
        ("at new Foo (a.js:1:2)", "new Foo a.js 1 2"),
        ("at (<anonymous>)", "<anonymous>"),
        ("at (<isolated-vm boundary>)", "<isolated-vm boundary>"),
        ("at pay (cart.js:9) preventsyield", "pay cart.js 9"),
        ("at map () native strict preventsyield", "map native"),
        ("at eval at pay (a.js:1:2), <anonymous>:3:4", "eval a.js 1 2"),
        ("at noon 12:30:15", None),
        ("at somewhere", None),
        ("at http://localhost:8080", None),
        ("at com.shop.Till.pay(Till.java:12)", None),
        ("at com.shop.Till.pay(SourceFile:12)", None),
        ("at com.shop.Till$$CGLIB$$1a2b.pay(<generated>)", None),
        ("at Till/<Pay>c__Iterator0.MoveNext () [0x00000] in <filename unknown>:0", None),
        ("at Shop.Till.Pay (System.Object sender) [0x00012] in /srv/Till.cs:12", None),
        ("at ../sysdeps/x86_64/start.S:115", None),
        ("at /srv/till.c:12", None),
        ("at com.shop.Till.pay(Native Method)", None),
        ("at Shop.Till.Pay(String[] args)", None),
        ("at home (see the letter)", None),
        ("at src/main.rs:3:5", None),
        ("pay (/srv/shop/pay.js:3:17)", None),
        ("at pay (/srv/" + "x" * 5_000 + ":3:17)", None),
    ],
)
def test_lines_of_v8(line: str, expected: str | None) -> None:
    assert place(javascript_calls.v8_call(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pay@http://shop.test/cart.js:14:23", "pay http://shop.test/cart.js 14 23"),
        ("@http://shop.test/cart.js:50:1", "http://shop.test/cart.js 50 1"),
        ("setTimeout handler*later@http://shop.test/cart.js:41:3", "later http://shop.test/cart.js 41 3"),
        ("forEach@[native code]", "forEach [native code]"),
        ("inside@http://shop.test/cart.js line 30 > eval:1:1", "inside http://shop.test/cart.js 30"),
        ("global code@https://shop.test/cart.js:1:2", "global code https://shop.test/cart.js 1 2"),
        ("save@https://shop.example/a.js:48", "save https://shop.example/a.js 48"),
        ("save@7.js:1:53", "save 7.js 1 53"),
        ("press@index.android.bundle:3:36", "press index.android.bundle 3 36"),
        ('obj["@save"]@http://localhost/@scope/a.js:4:9', 'obj["@save"] http://localhost/@scope/a.js 4 9'),
        (
            "[2]</Bar.prototype._baz/</<@http://a.test/a.js:7:2",
            "[2]</Bar.prototype._baz/</< http://a.test/a.js 7 2",
        ),
        ("pay@http://a.test/a.wasm:wasm-function[42]:0x10", "pay http://a.test/a.wasm 16"),
        ("@http://a.test/a.wasm:wasm-function[7]:0x10", "wasm-function[7] http://a.test/a.wasm 16"),
        ("f@a.js line 3 > WebAssembly.Module:wasm-function[4]:0x10", "f a.js 3"),
        ("<?>.wasm-function[42]@[wasm code]", "<?>.wasm-function[42] [wasm code]"),
        ("wasm-stub@[native code]", "wasm-stub [native code]"),
        ("async*setTimeout handler*pay@http://a.test/a.js:1:2", "pay http://a.test/a.js 1 2"),
        ("async*pay@http://a.test/a.js:1:2", "pay http://a.test/a.js 1 2"),
        ("EventListener.handleEvent*pay@http://a.test/a.js:1:2", "pay http://a.test/a.js 1 2"),
        ("@debugger eval code:1:1", "debugger eval code 1 1"),
        ("get total@http://a.test/a.js:1:2", "get total http://a.test/a.js 1 2"),
        ("()@http://127.0.0.1:8000/a.js:44", "http://127.0.0.1:8000/a.js 44"),
        ("bar(1)@http://127.0.0.1:8000/a.js:13", "bar http://127.0.0.1:8000/a.js 13"),
        (
            "<anonymous function: run>([arguments not available])@http://a.test/a.js:42",
            "run http://a.test/a.js 42",
        ),
        ("f@file:///srv/my shop/a.js:1:2", "f /srv/my shop/a.js 1 2"),
        ("pay@1:557290", None),
        ("ann@example.com:80:1", None),
        ("mail ann@http://shop.test/cart.js:1:2", None),
        ("pay", None),
    ],
)
def test_lines_of_firefox_and_safari(line: str, expected: str | None) -> None:
    assert place(javascript_calls.gecko_call(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("http://shop.test/cart.js:22:9", "http://shop.test/cart.js 22 9"),
        ("[native code]", "[native code]"),
        ("eval code", "eval code [native code]"),
        ("see http://shop.test/cart.js:22:9", None),
        ("/srv/my shop/cart.js:22:9", None),
        ("12:30:15", None),
    ],
)
def test_lines_of_safari_without_a_function(line: str, expected: str | None) -> None:
    assert place(javascript_calls.nameless_call(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pay@1:557290", "pay 1 557290"),
        ("eval code@", "eval code"),
        ("@", ""),
        ("@my:1:1", "my 1 1"),
        ("pay@:0", "pay"),
        ("pay@http://a.test/a.js", "pay http://a.test/a.js"),
        ("shop/cart:22:17", "shop/cart 22 17"),
        ("charge it@http://a.test/a.js:1:2", "charge it http://a.test/a.js 1 2"),
        ("ann@example.com", None),
        ("words", None),
    ],
)
def test_lines_that_are_calls_only_among_calls(line: str, expected: str | None) -> None:
    assert place(javascript_calls.weak_call(line)) == expected
    assert javascript_calls.gecko_call(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("at <anonymous>", "<anonymous>"),
        ("at async <anonymous>", "<anonymous>"),
        ("at eval (input:2) directeval preventsyield", "eval input 2"),
        ("at <parse> (:0)", "<parse>"),
        ("at <Jasmine>", "<Jasmine>"),
        ("at pay (http://a.test/a.js)", "pay http://a.test/a.js"),
        ("at home (the bell)", None),
        ("at home (bell)", None),
        ("at Generator.next ()", "Generator.next <anonymous>"),
        ("at somewhere", None),
        ("words (input:2)", None),
    ],
)
def test_lines_of_v8_that_are_calls_only_among_calls(line: str, expected: str | None) -> None:
    assert place(javascript_calls.weak_v8_call(line)) == expected
    assert javascript_calls.v8_call(line) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("forEach", "forEach"),
        ("Foo.bar/<", "Foo.bar/<"),
        ("eval code", "eval code"),
        ("two words", None),
        ("7", None),
    ],
)
def test_functions_without_a_place(line: str, expected: str | None) -> None:
    assert place(javascript_calls.bare_name(line)) == expected


def test_components_of_react() -> None:
    assert place(javascript_calls.component("in Cart (at App.js:12)")) == "Cart App.js 12"
    assert place(javascript_calls.component("in Context.Provider (created by App)")) == "Context.Provider"
    assert javascript_calls.component("in the end (at last)") is None


def test_code_in_a_long_data_url_is_read_by_its_ends() -> None:
    found = javascript_calls.v8_call(f"at pay (data:text/javascript;base64,{'QUJD' * 5_000}:3:17)")

    assert found is not None
    assert (found.function, found.line, found.column) == ("pay", 3, 17)
    assert len(found.filename or "") < 200
