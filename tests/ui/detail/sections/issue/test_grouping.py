"""Why the event is in its issue."""

from app.model import Grouping
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.sections.issue.grouping import GroupingSection


def test_a_fingerprint_of_the_client_is_shown(page: ReadPage) -> None:
    detail = make_detail(make_event(fingerprint=("payment", "{{ default }}")))
    assert page.open(detail, GroupingSection).lines() == [
        "Grouping  v1",
        "Counted",
        "Exception types",
        "fingerprint  payment · {{ default }}",
        "Split or correct …",
    ]


def test_grouping_shows_which_parts_counted_and_which_did_not(page: ReadPage) -> None:
    why = (
        "exception type: KeyError",
        "in-app frames: shop:pay",
        "not counted: 6 frames of django",
        "not counted: line numbers",
    )
    event = make_event(grouping=Grouping(algorithm="v2", why=why))
    assert page.open(make_detail(event), GroupingSection).lines() == [
        "Grouping  v2",
        "Counted",
        "Exception type: KeyError",
        "In-app frames: shop:pay",
        "Not counted",
        "6 frames of django",
        "Line numbers",
        "Split or correct …",
    ]
