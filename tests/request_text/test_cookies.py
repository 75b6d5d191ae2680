"""Cookies in the forms in which clients send them."""

from app.request_text import cookies


def test_each_form_becomes_names_and_values() -> None:
    expected = {"a": "1", "b": "x y"}
    assert cookies.read("a=1; b=x%20y", {}) == expected
    assert cookies.read(expected, {}) == expected
    assert cookies.read([["a", "1"], {"name": "b", "value": "x y"}], {}) == expected
    assert cookies.read(["a=1", "b=x y"], {}) == expected
    assert cookies.read(None, {"Cookie": "a=1; b=x%20y"}) == expected


def test_what_has_no_name_is_kept_by_its_place_or_left_out() -> None:
    assert cookies.read("a; =b; ;c=", {}) == {"a": "", "c": ""}
    assert cookies.read([1], {}) == {"0": 1}
    assert cookies.read(5, {}) == cookies.read(None, {}) == {}
    assert len(cookies.read("; ".join(f"c{n}=1" for n in range(9_000)), {})) == 500
