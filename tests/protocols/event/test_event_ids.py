import pytest

from app.protocols.event import event_ids

ID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("written", [ID, ID.upper(), "01234567-89ab-cdef-0123-456789abcdef"])
def test_normalise(written: str) -> None:
    assert event_ids.normalise(written) == ID


@pytest.mark.parametrize("written", [None, 5, "", "short", ID + "0", ID[:-1] + "g", ID[:-1] + "٣", ["x"]])
def test_what_is_no_id(written: object) -> None:
    assert event_ids.normalise(written) is None


def test_derived_ids_repeat_and_differ() -> None:
    assert event_ids.derive("a", "b") == event_ids.derive("a", "b")
    assert event_ids.derive("a", "b") != event_ids.derive("ab", "")
    assert event_ids.normalise(event_ids.mint()) is not None
