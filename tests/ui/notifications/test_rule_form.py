"""The form of a rule."""

from pytestqt.qtbot import QtBot

from app.happenings import Kind
from app.model import Level
from app.notifications.rules import QuietHours, Rule
from ui.notifications.rule_form import RuleForm

RULE = Rule(
    kinds=(Kind.NEW, Kind.REGRESSED),
    counts=(10, 100),
    projects=("shop", "mail"),
    level=Level.WARNING,
    environments=("production",),
    desktop=False,
    channels=(2,),
    quiet=QuietHours(23 * 60 + 30, 8 * 60),
    cooldown_minutes=7,
    most_per_hour=5,
)
CHANNELS = {1: "mail", 2: "hook"}


def test_the_form_gives_back_the_rule_that_it_shows(qtbot: QtBot) -> None:
    form = RuleForm("mine", RULE, CHANNELS)
    qtbot.addWidget(form)
    assert form.rule() == RULE
    with qtbot.waitSignal(form.saved) as saved:
        form.save.click()
    assert saved.args == ["mine", RULE]


def test_the_hours_can_be_set_only_where_there_are_quiet_hours(qtbot: QtBot) -> None:
    form = RuleForm("mine", Rule(), CHANNELS)
    qtbot.addWidget(form)
    assert not form.begins.isEnabled()
    form.quiet.setChecked(True)
    assert form.begins.isEnabled()
    assert form.rule().quiet == QuietHours(22 * 60, 8 * 60)


def test_a_channel_that_is_gone_is_left_out(qtbot: QtBot) -> None:
    form = RuleForm("mine", RULE, {1: "mail"})
    qtbot.addWidget(form)
    assert form.rule().channels == ()
