"""By what an issue may be split."""

from app.digest.grouping.rules import Apart
from app.regrouping import splits
from tests.regrouping.shop import Shop


def test_the_values_in_which_the_events_of_an_issue_differ_are_counted(shop: Shop) -> None:
    issue = shop.send_mixed()
    with shop.database.reading() as connection:
        found = splits.differences(connection, issue)
    assert {difference.by: difference.parts for difference in found} == {
        "message": (("'card'", 3), ("'iban'", 1)),
        "tag:region": (("eu", 3), ("us", 1)),
    }


def test_the_rule_of_a_split_holds_for_the_keys_of_its_issue(shop: Shop) -> None:
    issue = shop.send()
    with shop.database.reading() as connection:
        rule = splits.apart(connection, issue, "message")
    assert rule == Apart(
        "message", tuple(sorted(key for key, found in shop.keys().items() if found == issue))
    )
    assert rule.keys
