"""The values of a facet: the most common, those that are asked for, and how many others there are."""

from pyroaring import BitMap

from app.store.facets.value_sets import ValueSets


def browsers(most: int = 99) -> ValueSets:
    values = ValueSets(most)
    values.add([("Firefox", [1, 2, 3]), ("Chrome", [3, 4]), ("Safari", [5]), ("Firefox", [1, 9])])
    return values


def test_the_most_common_come_first_and_equals_by_name() -> None:
    found = browsers().counted(BitMap([1, 3, 4, 5]), 2)
    assert (found.values, found.others) == ((("Chrome", 2), ("Firefox", 2)), 1)


def test_a_value_that_is_asked_for_is_there_whatever_its_number() -> None:
    found = browsers().counted(BitMap([1, 3]), 1, always=["Safari", "Opera", "Firefox"])
    assert (found.values, found.others) == ((("Firefox", 2), ("Opera", 0), ("Safari", 0)), 1)


def test_values_are_searched_in_whatever_case() -> None:
    found = browsers().counted(BitMap([1, 2, 3, 4, 5]), 9, containing="FOX")
    assert (found.values, found.others) == ((("Firefox", 3),), 0)


def test_removed_issues_have_no_values() -> None:
    values = browsers()
    values.remove(BitMap([5, 3]))
    assert values.counted(BitMap(range(10)), 9).values == (("Firefox", 3), ("Chrome", 1))
    assert values.values() == ("Firefox", "Chrome")
    assert not values.of("Safari")


def test_beyond_a_bound_new_values_are_left_out_and_that_is_said() -> None:
    found = browsers(2).counted(BitMap(range(10)), 9)
    assert ([value for value, _count in found.values], found.is_cut) == (["Firefox", "Chrome"], True)
