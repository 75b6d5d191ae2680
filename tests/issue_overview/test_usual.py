"""What is unusual about one event against the others of its issue."""

from app.issue_overview import usual
from tests.factories import Store, make_event
from tests.issue_overview.conftest import Send


def test_the_value_that_few_others_have_is_unusual() -> None:
    others = [make_event(tags={"region": "eu", "id": str(n)}, release="1") for n in range(9)]
    others.append(make_event(tags={"region": "us", "id": "x"}, release="1"))
    event = make_event(tags={"region": "us", "id": "y"}, release="1")
    found = {(each.part, each.path): each for each in usual.unusual(event, others)}
    assert set(found) == {("Tags", "region")}
    region = found["Tags", "region"]
    assert (region.value, region.share, region.usual, region.usual_share) == ("us", 0.1, "eu", 0.9)


def test_what_it_lacks_and_what_only_it_has_are_unusual() -> None:
    others = [make_event(tags={"cached": "yes"}) for _number in range(4)]
    found = usual.unusual(make_event(tags={"worker": "7"}), others)
    assert {(each.path, each.value, each.usual) for each in found} == {
        ("cached", None, "yes"),
        ("worker", "7", None),
    }


def test_read_compares_with_the_others_of_the_issue(store: Store, send: Send) -> None:
    for _number in range(4):
        send(release="1.0")
    send(release="2.0")
    found = store.read(usual.read, 1, 5)
    assert found.others == 4
    assert ("release", "2.0", "1.0") in {(each.path, each.value, each.usual) for each in found.unusual}


def test_too_few_others_say_nothing(store: Store, send: Send) -> None:
    send()
    send()
    assert store.read(usual.read, 1, 1) == usual.Comparison(others=0, unusual=())
