import pytest

from app.protocols.stacktrace.javascript import places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://shop.test/cart.js:14:23", ("http://shop.test/cart.js", 14, 23)),
        ("http://shop.test/cart.js:14", ("http://shop.test/cart.js", 14, None)),
        ("address at index.android.bundle:1:557290", ("index.android.bundle", 1, 557290)),
        ("file:///C:/shop/pay.mjs:1:2", ("C:/shop/pay.mjs", 1, 2)),
        ("file:///srv/my%20shop%20(1)/pay.mjs:1:2", ("/srv/my shop (1)/pay.mjs", 1, 2)),
        ("cart.js line 30 > eval line 2 > Function:3:4", ("cart.js", 30, None)),
        (
            "eval at a (eval at b (/srv/a (1)/b.js:3:4), <anonymous>:1:2), <anonymous>:5:6",
            ("/srv/a (1)/b.js", 3, 4),
        ),
        ("eval at pay (<anonymous>), <anonymous>:5:6", ("<anonymous>", 5, 6)),
        ("async http://localhost:5000/:25:7", ("http://localhost:5000/", 25, 7)),
        ("src/cart.ts:3:4 <- cart.js:5:6", ("src/cart.ts", 3, 4)),
        ("native code", ("native code", None, None)),
        ("index 3", ("<anonymous>", None, None)),
        ("eval code:1:1", ("eval code", 1, 1)),
        ("see the letter", None),
        ("Bar.java:12", None),
        ("Native Method", None),
    ],
)
def test_places_between_brackets(text: str, expected: tuple[str, int | None, int | None] | None) -> None:
    found = places.read(text, "pay")

    assert (found and (found.filename, found.line, found.column)) == expected
    assert found is None or found.function == "pay"


@pytest.mark.parametrize(
    "text",
    [
        "blob:http://localhost:8080/0a1b-2c3d:1:2",
        "data:text/javascript;base64,QUJD:1:2",
        "node:internal/main:1:2",
        "ext:core/01_core.js:1:2",
        "user-script:2:10",
        "capacitor://localhost/main.js:1:2",
        "ionic://localhost/main.js:1:2",
        "app:///main.jsbundle:1:2",
        "webpack:///./src/app.jsx?:1:2",
        "webpack-internal:///(rsc)/./app/(shop)/page.tsx:1:2",
        "moz-extension://0a1b/cart.js:1:2",
        "webkit-masked-url://hidden/:1:2",
        "<isolated-vm>:1:2",
        "[eval]-wrapper:1:2",
        "evalmachine.<anonymous>:1:2",
        "VM12:1:2",
        "pptr:evaluate;f(a.js):1:2",
        "\\\\server\\share\\cart.js:1:2",
        "7.js:1:53",
    ],
)
def test_places_that_nothing_else_is(text: str) -> None:
    found = places.read(text, None, is_bare=True)

    assert found is not None
    path, line, column = text.rsplit(":", 2)
    assert (found.filename, found.line, found.column) == (path, int(line), int(column))
    assert places.is_sure(path)


@pytest.mark.parametrize(
    "text",
    ["noon 12:30:15", "12:30:15", "http://localhost:8080", "http://localhost:8080:1", "src/main.rs:3:5",
     "db.internal:5432", "see http://shop.test/a:1:2 there", "native", ""],
)  # fmt: skip
def test_other_text_is_no_place(text: str) -> None:
    assert places.read(text, None, is_bare=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.test/shop.wasm:wasm-function[42]:0x1a3b", ("https://x.test/shop.wasm", 0x1A3B)),
        ("wasm://wasm/8e3b9d2a:wasm-function[3]:0x5", ("wasm://wasm/8e3b9d2a", 5)),
        ("wasm://wasm/shop.wasm-8e3b9d2a:wasm-function[3]:0x5", ("wasm://wasm/shop.wasm-8e3b9d2a", 5)),
        ("wasm-function[3]:17", ("[wasm code]", 17)),
        ("<?>:wasm-function[3]", ("[wasm code]", None)),
        ("<anonymous>:wasm-function[3]:0x30", ("<anonymous>", 0x30)),
    ],
)
def test_webassembly_has_offsets_in_a_module(text: str, expected: tuple[str, int | None]) -> None:
    nameless = places.read(text, None, is_bare=True)
    named = places.read(text, "Cart::total(int) const")

    assert nameless is not None
    assert named is not None
    assert (nameless.filename, nameless.column, nameless.line) == (*expected, None)
    assert nameless.function == text[text.index("wasm-function") :].partition(":")[0]
    assert named.function == "Cart::total(int) const"


def test_webassembly_of_old_chromium() -> None:
    found = places.read("<WASM>[0]+12", "pay")

    assert found is not None
    assert (found.filename, found.column) == ("[wasm code]", 12)


def test_a_file_without_a_line() -> None:
    found = places.without_line("http://shop.test/cart.js", "pay")

    assert found is not None
    assert (found.filename, found.line) == ("http://shop.test/cart.js", None)
    assert places.without_line("http://shop.test", "pay") is None
    assert places.without_line("the shop.js", "pay") is None
