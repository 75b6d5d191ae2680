from collections.abc import Iterator

import pytest

from app.model import Frame
from app.source import names
from app.source.symbol_process import SymbolProcess


@pytest.fixture(scope="module")
def process() -> Iterator[SymbolProcess]:
    made = SymbolProcess()
    yield made
    made.close()


def readable(process: SymbolProcess, function: str, platform: str = "", **fields: str) -> str | None:
    frame = Frame(function=function, **fields)  # type: ignore[arg-type]
    return names.readable([frame], platform, process).get(names.key(frame))


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("_ZN4shop4Cart5totalEi", "shop::Cart::total"),
        ("_ZN3std2io4Read11read_to_end17hb85a0f6802e14499E", "std::io::Read::read_to_end"),
        ("_RNvCs1234_7mycrate3foo", "mycrate::foo"),
        ("$s4shop4CartC5total8currencySdSS_tF", "Cart.total(currency:)"),
        ("?total@Cart@shop@@QEAANV?$basic_string@D@std@@@Z", "shop::Cart::total"),
        ("kfun:com.example.Counter#increment(kotlin.Int){}kotlin.Int", "com.example.Counter.increment"),
    ],
)
def test_mangled_names_are_read(process: SymbolProcess, function: str, expected: str) -> None:
    assert readable(process, function, "native") == expected


@pytest.mark.parametrize(
    ("module", "function", "expected"),
    [
        ("Shop.Program+<Pay>d__0", "MoveNext", "Pay"),
        (None, "Shop.Program.<Pay>d__3.MoveNext", "Shop.Program.Pay"),
        (None, "<>c.<Main>b__0_1", "Main { <lambda> }"),
        ("Shop.Program", "<>c__DisplayClass0_0.<Pay>b__0", "Pay { <lambda> }"),
        (None, "Program.<Pay>g__Take|0_0", "Program.Pay { Take }"),
        (None, "<Main>$", "Main"),
        (None, "Pay<T>", None),
        (None, "<module>", None),
        (None, "MoveNext", None),
    ],
)
def test_names_of_the_csharp_compiler(module: str | None, function: str, expected: str | None) -> None:
    assert names.csharp(module, function) == expected


@pytest.mark.parametrize(
    ("module", "function", "expected"),
    [
        (None, "lambda$checkout$0", "checkout { <lambda> }"),
        (None, "checkout$lambda$0", "checkout { <lambda> }"),
        (None, "checkout$lambda-1", "checkout { <lambda> }"),
        (None, "pay$default", "pay"),
        (None, "access$pay", "pay"),
        ("com.shop.Till$pay$2$1", "invokeSuspend", "pay { <suspend> }"),
        (None, "pay", None),
    ],
)
def test_names_of_compilers_for_the_jvm(module: str | None, function: str, expected: str | None) -> None:
    assert names.jvm(module, function) == expected


def test_what_looks_alike_elsewhere_stays(process: SymbolProcess) -> None:
    assert readable(process, "$store", "javascript", filename="a.js") is None
    assert readable(process, "_ZooKeeper", "python") is None
    assert readable(process, "<lambda>", "python") is None
    assert readable(process, "x" * 100_000, "native") is None
