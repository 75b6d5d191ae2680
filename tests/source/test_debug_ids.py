from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import debug_ids
from app.source.debug_ids import Builds
from tests.ui.detail.samples import make_event

ID = "85314830-023f-4cf1-a267-535f4e37bb17"
NORMAL = ID.replace("-", "")


def test_an_event_names_the_ids_of_its_scripts() -> None:
    images = [
        {"type": "sourcemap", "code_file": "https://shop.example/app.js", "debug_id": ID.upper()},
        {"type": "sourcemap", "code_file": "https://shop.example/b.js", "debug_id": "none"},
        {"type": "elf", "code_file": "/bin/shop", "debug_id": ID},
        7,
    ]
    event = make_event(extra={"debug_meta": {"images": images}})
    assert debug_ids.of_event(event) == (("https://shop.example/app.js", NORMAL),)


LEAVES = st.none() | st.text() | st.integers()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_whatever_stands_there_raises_nothing(anything: object) -> None:
    image = {"type": "sourcemap", "debug_id": anything}
    for meta in (anything, {"images": anything}, {"images": [anything, image]}):
        assert debug_ids.of_event(make_event(extra={"debug_meta": meta})) == ()


def test_a_script_names_its_own_at_its_end() -> None:
    assert debug_ids.in_script(f"x()\n//# debugId={ID}\n//# sourceMappingURL=a.map".encode()) == NORMAL
    assert debug_ids.in_script(b"x()") == ""


def test_builds_are_found_below_the_folders_but_not_in_packages(tmp_path: Path) -> None:
    dist = tmp_path / "shop/dist"
    packages = tmp_path / "shop/node_modules/a"
    for folder in (dist, packages):
        folder.mkdir(parents=True)
    other = "f" * 32
    (dist / "app.js").write_text(f"x()\n//# debugId={ID}", "utf-8")
    (dist / "plain.js").write_text("x()", "utf-8")
    (packages / "b.js").write_text(f"x()\n//# debugId={other}", "utf-8")
    (dist / "link.js").symlink_to(packages / "b.js")
    builds = Builds()
    assert builds.find(NORMAL, [tmp_path]) == dist / "app.js"
    assert builds.find(other, [tmp_path]) is None
    assert builds.find(NORMAL, []) is None


def test_a_large_folder_is_looked_at_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug_ids, "_MOST_READ", 3)
    for number in range(9):
        (tmp_path / f"{number}.js").write_text(f"x()\n//# debugId={number:032x}", "utf-8")
    assert sum(Builds().find(f"{number:032x}", [tmp_path]) is not None for number in range(9)) == 3
