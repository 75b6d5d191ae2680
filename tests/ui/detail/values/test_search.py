from msgspec.structs import replace

from ui.detail.values import search
from ui.detail.values.dialect import JSON, PYTHON, Strings

REPR = replace(PYTHON, strings=Strings.REPR)


def test_names_and_values_are_found_with_what_holds_them() -> None:
    found = search.find({"a": {"Tea": 1, "b": ["x", "a TEA"]}, "c": None}, "tea", JSON)
    assert found.matches == {(0, 0), (0, 1, 1)}
    assert found.holders == {(0,), (0, 1)}
    assert [place for place, _ in found.below((0,))] == [(0, 0), (0, 1)]
    assert not found.more


def test_text_that_python_printed_is_searched_inside() -> None:
    found = search.find({"cart": "Cart(items=[Item(sku='tea')])"}, "tea", REPR)
    assert found.matches == {(0, 0, 0, 0)}


def test_words_of_the_language_are_found() -> None:
    assert search.find({"a": None, "b": True, "c": 42}, "none", PYTHON).matches == {(0,)}
    assert search.find({"a": None, "b": True, "c": 42}, "4", PYTHON).matches == {(2,)}


def test_it_ends_in_a_tree_of_any_size() -> None:
    found = search.find({str(n): "x" for n in range(1_000_000)}, "x", JSON)
    assert len(found.matches) == search.MOST_FOUND
    assert found.more
    assert search.find({str(n): "y" for n in range(search.MOST_READ + 9)}, "x", JSON).more
