"""The list of notices, with the names of their channels and rules."""

from app.notifications import directory
from app.store.notices import notice_list
from app.store.notices.notice import NoticeState
from app.store.notices.notice_list import REMOVED
from tests.factories import Store
from tests.notifications.factories import enter, make_happening, set_rule


def test_the_list_names_channels_and_rules_the_newest_first(store: Store) -> None:
    hook = store.write(directory.add_channel, "hook", "json://host/t0psecret")
    gone = store.write(directory.add_channel, "gone", "json://host")
    rule = set_rule(store, channels=(hook.id, gone.id))
    enter(store, make_happening())
    store.write(directory.remove_channel, gone)
    listed = store.read(notice_list.listed)
    assert [(each.channel, each.rule, each.state) for each in listed] == [
        (REMOVED, rule.name, NoticeState.MISSED),
        ("hook", rule.name, NoticeState.WAITING),
        ("desktop", rule.name, NoticeState.WAITING),
    ]
    assert "t0psecret" not in repr(listed)
    assert [each.id for each in store.read(notice_list.listed, 1)] == [3]
