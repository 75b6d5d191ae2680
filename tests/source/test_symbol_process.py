"""What ends the libraries ends their process alone."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.source.symbol_process import LONGEST_SYMBOL, SymbolProcess
from app.source.symbol_server import Token

BUNDLES = Path(__file__).parents[1] / "samples/bundles"
SCRIPT = (BUNDLES / "app.min.js").read_bytes()
MAP = (BUNDLES / "app.min.js.map").read_bytes()
ABORTS = "$sRvs"  # "fatal error", says the library, and ends the process


@pytest.fixture
def process() -> Iterator[SymbolProcess]:
    made = SymbolProcess()
    yield made
    made.close()


def test_places_are_translated(process: SymbolProcess) -> None:
    found = process.translate(SCRIPT, MAP, [(1, 144), (1, 91), (9, 9)])
    assert not isinstance(found, str)
    first, second, third = found
    assert isinstance(first, Token)
    assert (first.source, first.line, first.column, first.function) == ("src/cart.js", 18, 16, "priceOf")
    assert first.text == "  return price.amount * item.quantity;\n"
    assert isinstance(second, Token)
    assert second.function == "Cart.total"
    assert third is None


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic has no wheel there")
def test_a_script_that_overflows_the_stack_is_translated_without_its_names(process: SymbolProcess) -> None:
    found = process.translate(b"(" * 200_000, MAP, [(1, 144)])
    assert isinstance(found, tuple)
    assert found[0] is not None
    assert found[0].line == 18
    assert process.translate(SCRIPT, MAP, [(1, 144)]) != found, "the process is there again"


def test_a_broken_map_says_so(process: SymbolProcess) -> None:
    for broken in (b"", b"[]", b"{", b'{"version":3,"sources":[],"mappings":"AAAA"}'):
        assert str(process.translate(SCRIPT, broken, [(1, 1)])).startswith("the map is broken")


def test_names_are_read_beside_one_that_ends_the_process(process: SymbolProcess) -> None:
    assert process.demangle(["main", ABORTS, "_ZN3foo3barEv"]) == {"_ZN3foo3barEv": "foo::bar"}
    assert process.demangle([ABORTS, "_ZN3foo3bazEv"]) == {"_ZN3foo3bazEv": "foo::baz"}
    assert process.demangle(["_Z" + "P" * LONGEST_SYMBOL + "v"]) == {}


def test_a_process_that_has_ended_is_started_again(process: SymbolProcess) -> None:
    process.demangle(["_ZN3foo3barEv"])
    child = process._process
    assert child is not None
    child.kill()
    child.wait()
    assert process.demangle(["_ZN3foo3bazEv"]) == {"_ZN3foo3bazEv": "foo::baz"}


def test_what_takes_too_long_is_ended_and_not_tried_again() -> None:
    impatient = SymbolProcess(seconds=0.0)
    assert impatient.translate(SCRIPT, MAP, [(1, 144)]) == "the map cannot be read"
    asked = len(impatient._deadly)
    assert impatient.translate(SCRIPT, MAP, [(1, 144)]) == "the map cannot be read"
    assert len(impatient._deadly) == asked
    impatient.close()


def test_the_libraries_are_not_loaded_here() -> None:
    loaded = "{'symbolic', 'multi_demangle'} & sys.modules.keys()"
    code = f"import sys, app.source.enrichment; sys.exit(bool({loaded}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
