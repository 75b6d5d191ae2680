import pytest

from app.digest.grouping import fingerprint
from tests.digest.grouping.events import event, frame, raised


@pytest.mark.parametrize(
    ("parts", "nothing"),
    [
        ((), True),
        (("{{ default }}",), True),
        (("{{default}}",), True),
        (("own",), False),
        (("{{ default }}", "own"), False),
    ],
)
def test_which_fingerprints_leave_the_grouping_to_us(parts: tuple[str, ...], nothing: bool) -> None:
    assert fingerprint.says_nothing(parts) is nothing


def test_variables_stand_for_what_the_event_says() -> None:
    failed = raised(frame("pay"))

    assert fingerprint.filled_in("{{ function }}", failed) == "pay"
    assert fingerprint.filled_in("{{ tags.shop }}", event(tags={"shop": "north"})) == "north"
    assert fingerprint.filled_in("{{ tags.none }}", event()) == ""
    assert fingerprint.filled_in("at {{ unknown }}", failed) == "at {{ unknown }}"
