import base64
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.model import Frame
from app.preferences import Preferences
from app.source.debug_ids import Builds
from app.source.dev_server import DevServers
from app.source.script_names import is_script
from app.source.source_maps import Finder, Missing, Original
from app.source.symbol_process import SymbolProcess
from tests.source.dev_site import Site, serving

BUNDLES = Path(__file__).parents[1] / "samples/bundles"


@pytest.fixture(scope="module")
def process() -> Iterator[SymbolProcess]:
    made = SymbolProcess()
    yield made
    made.close()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    shutil.copytree(BUNDLES, folder)
    return folder


def call(path: Path | str, column: int = 144, line: int = 1) -> Frame:
    return Frame(abs_path=str(path), filename=str(path), function="n", line=line, column=column, in_app=False)


def find(process: SymbolProcess, frame: Frame, *roots: Path) -> Original | Missing | None:
    chosen = Preferences(source_roots=tuple(map(str, roots)))
    finder = Finder("shop", chosen, process=process, servers=DevServers())
    return finder.find([frame]).get(0)


def original(process: SymbolProcess, frame: Frame, *roots: Path) -> Original:
    found = find(process, frame, *roots)
    assert isinstance(found, Original), found
    return found


def why(process: SymbolProcess, frame: Frame, *roots: Path) -> str:
    found = find(process, frame, *roots)
    assert isinstance(found, Missing), found
    return found.why


@pytest.mark.parametrize("name", ["app.min.js", "inline.min.js", "bare.min.js"])
def test_the_original_is_found_beside_the_script_or_in_it(
    process: SymbolProcess, shop: Path, name: str
) -> None:
    found = original(process, call(shop / name), shop)
    frame = found.frame
    assert found.compiled == f"{name}:1:144"
    assert (frame.function, frame.filename, frame.line, frame.column) == ("priceOf", "src/cart.js", 18, 16)
    assert dict(frame.context)[18] == "  return price.amount * item.quantity;"
    assert [number for number, _ in frame.context] == list(range(13, 20))
    assert frame.abs_path == str(shop / "src/cart.js")
    assert frame.in_app


def test_terser_names_its_map_too(process: SymbolProcess, shop: Path) -> None:
    frame = original(process, call(shop / "cart.terser.js", 154), shop).frame
    assert (frame.function, frame.line) == ("priceOf", 18)


def test_an_address_of_a_file_is_a_file(process: SymbolProcess, shop: Path) -> None:
    assert original(process, call((shop / "app.min.js").as_uri(), 91), shop).frame.function == "Cart.total"


def test_nothing_is_read_before_a_person_confirmed_the_folder(process: SymbolProcess, shop: Path) -> None:
    found = find(process, call(shop / "app.min.js"))
    assert found == Missing(why="", ask=shop / "app.min.js")


def test_a_server_on_loopback_is_asked(process: SymbolProcess, site: Site) -> None:
    site.pages["/js/app.min.js"] = (200, {}, (BUNDLES / "app.min.js").read_bytes())
    site.pages["/js/app.min.js.map"] = (200, {}, (BUNDLES / "app.min.js.map").read_bytes())
    frame = original(process, call(site.url("/js/app.min.js"))).frame
    assert (frame.function, frame.filename) == ("priceOf", "js/src/cart.js")
    assert dict(frame.context)[18] == "  return price.amount * item.quantity;"


def test_a_map_that_a_header_names(process: SymbolProcess, site: Site) -> None:
    script = (BUNDLES / "app.min.js").read_bytes().split(b"//#")[0]
    site.pages["/app.js"] = (200, {"X-SourceMap": "maps/7.map"}, script)
    site.pages["/maps/7.map"] = (200, {}, (BUNDLES / "app.min.js.map").read_bytes())
    assert original(process, call(site.url("/app.js"))).frame.function == "priceOf"


def test_a_map_elsewhere_is_not_fetched(process: SymbolProcess, site: Site, shop: Path) -> None:
    site.pages["/app.min.js"] = (200, {}, b"x()\n//# sourceMappingURL=https://shop.example/app.js.map")
    expected = "No source map: shop.example is not this machine, and others are not asked."
    assert why(process, call(site.url("/app.min.js"))) == expected
    (shop / "app.min.js").write_text("x()\n//# sourceMappingURL=https://shop.example/app.js.map", "utf-8")
    assert why(process, call(shop / "app.min.js"), shop) == expected


def test_why_there_is_no_original(process: SymbolProcess, shop: Path, site: Site) -> None:
    outside = shop.parent / "secret.map"
    outside.write_bytes((shop / "app.min.js.map").read_bytes())

    def with_map(name: str) -> Frame:
        (shop / "b.min.js").write_text(f"x()\n//# sourceMappingURL={name}", "utf-8")
        return call(shop / "b.min.js")

    assert (
        why(process, call(shop / "none.min.js"), shop) == "No source map: the script is not on this machine."
    )
    assert why(process, with_map("gone.map"), shop) == "No source map: gone.map is not beside the script."
    assert "outside of the confirmed folders" in why(process, with_map("../secret.map"), shop)
    assert "outside of the confirmed folders" in why(process, with_map("/etc/passwd"), shop)
    assert "in the script is broken" in why(process, with_map("data:application/json;base64,!!!x"), shop)
    (shop / "b.min.js.map").write_text("{", "utf-8")
    assert why(process, with_map("b.min.js.map"), shop).startswith("No source map: the map is broken")
    (shop / "b.min.js.map").unlink()
    (shop / "b.min.js").write_text("x()", "utf-8")
    assert "names none" in why(process, call(shop / "b.min.js"), shop)
    assert (
        why(process, call(shop / "app.min.js", line=9), shop)
        == "The source map says nothing about this line."
    )
    assert "answers 404" in why(process, call(site.url("/app.min.js")))


def test_a_script_that_was_never_built_is_left_without_a_word(process: SymbolProcess, shop: Path) -> None:
    assert find(process, call(shop / "src/cart.js", 9), shop) is None
    assert find(process, Frame(filename="app.py", line=1, column=1), shop) is None
    assert not is_script(Frame(filename="node:internal/x.js", line=1, column=1))
    assert not is_script(Frame(filename="a.js", line=1))


def test_a_source_that_the_map_names_elsewhere_is_never_read(process: SymbolProcess, shop: Path) -> None:
    secret = shop.parent / "secret.js"
    secret.write_text("password\n" * 30, "utf-8")
    for name in ("../secret.js", str(secret), "file://" + str(secret), "../../../../../../etc/passwd"):
        known = json.loads((shop / "bare.min.js.map").read_text("utf-8"))
        known["sources"][0] = name
        (shop / "bare.min.js.map").write_text(json.dumps(known), "utf-8")
        frame = original(process, call(shop / "bare.min.js"), shop).frame
        assert frame.context == ()
        assert frame.abs_path is not None
        assert not Path(frame.abs_path).is_absolute()


def test_a_package_in_a_bundle_is_not_the_apps(process: SymbolProcess, shop: Path) -> None:
    known = json.loads((shop / "app.min.js.map").read_text("utf-8"))
    known["sources"][0] = "webpack://shop/./node_modules/cart/cart.js?1a2b"
    (shop / "app.min.js.map").write_text(json.dumps(known), "utf-8")
    frame = original(process, call(shop / "app.min.js"), shop).frame
    assert frame.filename == "node_modules/cart/cart.js"
    assert not frame.in_app
    assert original(process, call(shop / "app.min.js", 204), shop).frame.in_app


def test_a_bundlers_name_is_a_file_of_the_project(process: SymbolProcess, shop: Path) -> None:
    known = json.loads((shop / "app.min.js.map").read_text("utf-8"))
    known["sources"][0] = "webpack://shop/./src/cart.js"
    dist = shop / "dist"
    dist.mkdir()
    (dist / "app.min.js").write_bytes((shop / "app.min.js").read_bytes())
    (dist / "app.min.js.map").write_text(json.dumps(known), "utf-8")
    frame = original(process, call(dist / "app.min.js"), shop).frame
    assert (frame.filename, frame.abs_path) == ("src/cart.js", str(shop / "src/cart.js"))


VLQ = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/,;"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    mappings=st.text(VLQ, max_size=200) | st.just("AAAA" * 5_000) | st.just(";" * 50_000 + "AAAA"),
    sources=st.lists(st.none() | st.text(max_size=20) | st.just("../../etc/passwd"), max_size=4),
    contents=st.lists(st.none() | st.text(max_size=30), max_size=4) | st.none() | st.integers(),
    root=st.none() | st.text(max_size=9),
    line=st.integers(1, 3),
)
def test_whatever_the_map_there_is_an_answer(
    process: SymbolProcess,
    shop: Path,
    mappings: str,
    sources: list[str | None],
    contents: object,
    root: str | None,
    line: int,
) -> None:
    known = {
        "version": 3,
        "sources": sources,
        "sourcesContent": contents,
        "sourceRoot": root,
        "mappings": mappings,
    }
    data = base64.b64encode(json.dumps(known).encode()).decode()
    script = shop / "c.min.js"
    script.write_text(f"x();y();\nz()\n//# sourceMappingURL=data:application/json;base64,{data}", "utf-8")
    found = find(process, call(script, 3, line), shop)
    assert isinstance(found, (Original, Missing))
    if isinstance(found, Original) and found.frame.abs_path != found.frame.filename:
        assert Path(found.frame.abs_path or "").is_relative_to(shop)


def test_a_map_within_itself_ends(process: SymbolProcess, shop: Path) -> None:
    nested: dict[str, object] = {"version": 3, "sources": ["a.js"], "names": [], "mappings": "AAAA"}
    for _ in range(200):
        nested = {"version": 3, "sections": [{"offset": {"line": 0, "column": 0}, "map": nested}]}
    (shop / "app.min.js.map").write_text(json.dumps(nested), "utf-8")
    assert isinstance(find(process, call(shop / "app.min.js"), shop), (Original, Missing))


def with_id(path: Path, debug_id: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n//# debugId={debug_id}", "utf-8")


def by_id(process: SymbolProcess, shop: Path, frame: Frame, debug_id: str) -> Original | Missing | None:
    ids = {frame.abs_path or "": debug_id}
    chosen = Preferences(source_roots=(str(shop),))
    finder = Finder("shop", chosen, process=process, servers=DevServers(), ids=ids, builds=Builds())
    return finder.find([frame]).get(0)


def test_a_script_from_elsewhere_is_found_by_its_debug_id(process: SymbolProcess, shop: Path) -> None:
    with_id(shop / "app.min.js", "a" * 32)
    elsewhere = call("https://shop.example/assets/app-1a2b3c4d.js")
    found = by_id(process, shop, elsewhere, "a" * 32)
    assert isinstance(found, Original)
    assert found.frame.function == "priceOf"
    assert isinstance(by_id(process, shop, elsewhere, "b" * 32), Missing)


def test_a_script_of_another_build_is_not_the_one_that_ran(process: SymbolProcess, shop: Path) -> None:
    with_id(shop / "app.min.js", "a" * 32)
    found = by_id(process, shop, call(shop / "app.min.js"), "b" * 32)
    assert found == Missing(why="No source map: the script here is of another build.")
