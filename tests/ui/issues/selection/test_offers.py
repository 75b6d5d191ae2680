"""Only what makes sense for the selected issues is offered, with the reason for the rest."""

from app.model import Issue, IssueState
from tests.ui.issues.factories import make_issue
from ui.issues.selection.offers import MOST_MERGED, Selected, offers

OPEN, RESOLVED, MUTED = IssueState.OPEN, IssueState.RESOLVED, IssueState.MUTED


def applying(*issues: Issue, is_all: bool = False) -> dict[str, str]:
    found = offers(Selected(issues, is_all))
    return {offer.command: offer.label for offer in found if offer.applies}


def reason(command: str, *issues: Issue, is_all: bool = False) -> str | None:
    return next(offer.reason for offer in offers(Selected(issues, is_all)) if offer.command == command)


def test_states_decide_what_applies() -> None:
    opened, resolved, muted = (
        make_issue(n, state=state) for n, state in enumerate((OPEN, RESOLVED, MUTED), 1)
    )
    assert {"resolve", "mute"} <= applying(opened).keys()
    assert "reopen" not in applying(opened)
    assert "resolve" not in applying(resolved)
    assert {"mute", "reopen"} <= applying(resolved).keys()
    assert "mute" not in applying(muted)
    assert {"resolve", "mute", "reopen"} <= applying(opened, resolved).keys()
    assert reason("resolve", resolved) == "It is resolved"
    assert reason("mute", muted, muted) == "All of them are muted"


def test_labels_say_which_way_it_goes() -> None:
    unread, read = make_issue(1, unread=True), make_issue(2, unread=False, pinned=True)
    assert applying(unread, read)["toggle_read"] == "Mark as read"
    assert applying(read)["toggle_read"] == "Mark as unread"
    assert applying(unread, read)["pin"] == "Pin"
    assert applying(read)["pin"] == "Take off the pin"


def test_a_merge_takes_several_of_one_project() -> None:
    one, two, other = make_issue(1), make_issue(2), make_issue(3, project="blog")
    assert "merge" in applying(one, two)
    assert reason("merge", one) == "Merging takes two issues or more"
    assert reason("merge", one, other) == "They are of different projects"
    assert "merge" not in applying(one, two, is_all=True)
    assert "merge" not in applying(*(make_issue(n) for n in range(1, MOST_MERGED + 2)))


def test_how_many_are_meant() -> None:
    assert Selected((make_issue(1),)).count == 1
    assert Selected((make_issue(1),), is_all=True, number=50_231).count == 50_231
    assert Selected((make_issue(1),)).is_one
    assert not Selected((make_issue(1),), is_all=True).is_one
