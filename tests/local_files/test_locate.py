"""Finding the file that a frame means: by its own path or a map, and never beyond the confirmed folders."""

from pathlib import Path

import pytest

from app.local_files import locate
from app.model import Frame
from app.preferences import PathMap, Preferences


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "cart.py").write_text("1 / 0\n")
    return tmp_path / "shop"


def test_a_file_below_a_confirmed_folder(shop: Path) -> None:
    frame = Frame(abs_path=str(shop / "cart.py"), line=1, column=3)
    found = locate.find(frame, "shop", Preferences(source_roots=(str(shop),)))
    assert found == locate.LocalFile(path=shop / "cart.py", line=1, column=3, root=shop)


def test_one_elsewhere_needs_a_question(shop: Path) -> None:
    found = locate.find(Frame(abs_path=str(shop / "cart.py")), "shop", Preferences())
    assert found is not None
    assert found.root is None


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ("/app", "/app/cart.py"),
        ("C:\\app", "C:\\app\\cart.py"),
        ("webpack:///./src/", "webpack:///./src/cart.py"),
        ("webpack:///src", "webpack:///./src/cart.py?a1"),
        ("webpack:///", "webpack:///cart.py"),
        ("http://localhost:5173", "http://localhost:5173/cart.py?t=17"),
        ("/app", "file:///app/cart.py"),
        ("/", "/cart.py"),
        (".", "cart.py"),
        ("./", "./cart.py"),
        ("src", "src\\cart.py"),
    ],
)
def test_a_map_leads_to_it(shop: Path, sent: str, named: str) -> None:
    chosen = Preferences(path_maps=(PathMap(sent=sent, local=str(shop)),))
    found = locate.find(Frame(abs_path=named), "shop", chosen)
    assert found is not None
    assert (found.path, found.root) == (shop / "cart.py", shop)


def test_a_file_address_with_encoded_characters(shop: Path) -> None:
    (shop / "a b.py").write_text("")
    found = locate.find(Frame(abs_path=f"file://{shop}/a%20b.py"), "shop", Preferences())
    assert found is not None
    assert found.path == shop / "a b.py"


def test_the_more_precise_map_counts_then_the_order(shop: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cart.py").write_text("")
    wide, narrow, other = (
        PathMap(sent="/app", local=str(tmp_path)),
        PathMap(sent="/app/a", local=str(tmp_path / "b")),
        PathMap(sent="/app/a/", local=str(shop)),
    )
    for maps, expected in (((wide, narrow), "b"), ((narrow, other), "b"), ((other, narrow), "shop")):
        found = locate.find(Frame(abs_path="/app/a/cart.py"), "shop", Preferences(path_maps=maps))
        assert found is not None
        assert found.path.parent.name == expected


def test_a_map_without_a_side_says_nothing(shop: Path) -> None:
    maps = (PathMap(sent="", local=str(shop)), PathMap(sent="/app", local=""))
    for name in ("cart.py", "/app/cart.py"):
        assert locate.find(Frame(abs_path=name), "shop", Preferences(path_maps=maps)) is None


def test_a_map_of_another_project_is_not_used(shop: Path) -> None:
    chosen = Preferences(path_maps=(PathMap(sent="/app", local=str(shop), project="web"),))
    assert locate.find(Frame(abs_path="/app/cart.py"), "shop", chosen) is None


def test_a_link_or_dots_lead_out_of_no_confirmed_folder(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")
    (shop / "link.py").symlink_to(tmp_path / "secret")
    chosen = Preferences(path_maps=(PathMap(sent="/app", local=str(shop)),))
    for name in ("/app/link.py", "/app/../secret"):
        found = locate.find(Frame(abs_path=name), "shop", chosen)
        assert found is not None
        assert found.root is None


@pytest.mark.parametrize("name", ["", "cart.py", "/no/such", "/a\0b", "/" + "x" * 5_000, "/dev/null", "/app"])
def test_what_is_no_file_is_not_found(shop: Path, name: str) -> None:
    chosen = Preferences(path_maps=(PathMap(sent="/app", local=str(shop)),))
    assert locate.find(Frame(abs_path=name), "shop", chosen) is None
