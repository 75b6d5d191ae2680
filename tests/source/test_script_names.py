import pytest

from app.model import Frame
from app.source.script_names import clean, compiled_place, looks_built, named_map


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("webpack://shop/./src/cart.js?1a2b", "src/cart.js"),
        ("webpack:///./src/cart.js", "src/cart.js"),
        ("webpack-internal:///(app-pages-browser)/./src/app/page.tsx", "src/app/page.tsx"),
        ("webpack://_N_E/src/cart.js", "_N_E/src/cart.js"),
        ("../../src/cart.js", "src/cart.js"),
        ("src\\cart.js", "src/cart.js"),
        ("///", "///"),
    ],
)
def test_names_are_shown_without_what_bundlers_put_around_them(name: str, expected: str) -> None:
    assert clean(name) == expected


def test_the_last_map_that_a_script_names_counts() -> None:
    assert named_map(b"x()\n//# sourceMappingURL=a.map\ny()\n//# sourceMappingURL=b.map\n") == "b.map"
    assert named_map(b"a{}\n/*# sourceMappingURL=a.css.map */") == "a.css.map"
    assert named_map(b'x("//# sourceMappingURL=" + name)') == ""
    inline = b"x()\n//# sourceMappingURL=data:application/json;base64," + b"A" * 5_000_000
    assert named_map(inline).startswith("data:application/json")


def test_which_scripts_look_built() -> None:
    assert looks_built(Frame(filename="app.min.js", column=3))
    assert looks_built(Frame(filename="https://shop.example/assets/index-1a2b3c4d.js", column=3))
    assert looks_built(Frame(filename="app.js", column=4_223))
    assert not looks_built(Frame(filename="src/cart.js", column=12))


def test_a_compiled_place_is_short() -> None:
    frame = Frame(filename="https://shop.example/js/app.min.js?v=1", line=1, column=4_223)
    assert compiled_place(frame) == "app.min.js:1:4223"
