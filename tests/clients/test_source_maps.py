"""Real bundles by esbuild, which fail in Node: the printed stack leads back to what was written."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.preferences import Preferences
from app.protocols import stacktrace
from app.source.dev_server import DevServers
from app.source.source_maps import Finder, Original
from app.source.symbol_process import SymbolProcess
from tests.clients import javascript

pytestmark = pytest.mark.all_clients

SOURCE = Path(__file__).parents[1] / "samples/bundles/src"


@pytest.mark.parametrize("map_option", ["--sourcemap", "--sourcemap=inline", "--sourcemap=linked"])
@pytest.mark.parametrize("form", [["--format=iife"], ["--platform=node", "--format=cjs"]])
def test_a_bundle_that_fails_in_node_is_read_in_its_source(
    tmp_path: Path, map_option: str, form: list[str]
) -> None:
    shutil.copytree(SOURCE, tmp_path / "src")
    bundle = tmp_path / "dist/app.min.js"
    esbuild = javascript.PACKAGES / ".bin/esbuild"
    options = ["--bundle", "--minify", map_option, *form, f"--outfile={bundle}"]
    command = [str(esbuild), str(tmp_path / "src/main.js"), *options]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    ended = subprocess.run(["node", bundle], capture_output=True, text=True, check=False, timeout=60)
    (raised,) = stacktrace.parse(ended.stderr, "node").exceptions
    process = SymbolProcess()
    chosen = Preferences(source_roots=(str(tmp_path),))
    found = Finder("shop", chosen, process=process, servers=DevServers()).find(raised.frames)
    process.close()
    originals = [one.frame for one in reversed(found.values()) if isinstance(one, Original)]
    cart = (tmp_path / "src/cart.js").read_text("utf-8").splitlines()
    newest = originals[0]
    assert (newest.function, newest.filename) == ("priceOf", "src/cart.js")
    assert cart[(newest.line or 0) - 1].strip() == "return price.amount * item.quantity;"
    assert {"Cart.total", "checkout"} <= {frame.function for frame in originals}
