"""The tabs with their numbers, and the acts offered in each."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.queue.factories import make_snapshot
from ui.queue.bar import ActBar, TabBar
from ui.queue.snapshot import Tab


def test_a_tab_shows_its_number_where_there_is_room(qtbot: QtBot) -> None:
    bar = TabBar()
    qtbot.addWidget(bar)
    bar.show_numbers(make_snapshot(pending=1_200, rejected=7))
    texts = {tab: button.text() for tab, button in bar.tabs.items()}
    assert texts[Tab.WAITING].startswith("Waiting  1")
    assert texts[Tab.REFUSED] == "Refused  7"
    assert texts[Tab.DEAD] == "Dead letters"
    bar.set_narrow(True)
    assert [button.text() for button in bar.tabs.values()] == [tab.value for tab in Tab]


def test_a_tab_is_chosen_by_a_click(qtbot: QtBot) -> None:
    bar = TabBar()
    qtbot.addWidget(bar)
    with qtbot.waitSignal(bar.tab_chosen) as chosen:
        bar.tabs[Tab.JOBS].click()
    assert chosen.args == [Tab.JOBS]


@pytest.mark.parametrize(
    ("tab", "offered"),
    [
        (Tab.WAITING, {"Retry", "Retry all", "Discard"}),
        (Tab.DEAD, {"Retry", "Retry all", "Discard"}),
        (Tab.REFUSED, {"Retry", "Retry all"}),
        (Tab.LISTENERS, set()),
        (Tab.JOBS, {"Run now"}),
    ],
)
def test_only_acts_that_apply_are_offered(tab: Tab, offered: set[str], qtbot: QtBot) -> None:
    bar = ActBar()
    qtbot.addWidget(bar)
    bar.offer(tab, can_act=True, any_failed=False)
    buttons = (bar.retry, bar.retry_all, bar.discard, bar.run)
    assert {button.text() for button in buttons if not button.isHidden()} == offered
    assert bar.isHidden() is not bool(offered)
    assert not bar.retry_all.isEnabled()
