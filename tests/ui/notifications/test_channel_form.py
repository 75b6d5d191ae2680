"""A channel's name and URL."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.store.notices.channels import Channel
from ui.notifications.channel_check import ChannelCheck
from ui.notifications.channel_form import ChannelForm

CHANNEL = Channel(id=1, name="hook", url="json://anna:hunter2@host/t0psecret")


def test_a_new_one_needs_a_name_and_a_url(qtbot: QtBot) -> None:
    form = ChannelForm()
    qtbot.addWidget(form)
    form.name.setText("hook")
    assert not form.save.isEnabled()
    form.url.setText(" json://host ")
    with qtbot.waitSignal(form.saved) as saved:
        form.save.click()
    assert saved.args == ["hook", "json://host"]


def test_the_url_of_an_existing_channel_is_hidden_and_preserved(qtbot: QtBot) -> None:
    form = ChannelForm(CHANNEL)
    qtbot.addWidget(form)
    assert form.url.text() == ""
    assert "hunter2" not in form.url.placeholderText()
    form.name.setText("hook 2")
    with qtbot.waitSignal(form.saved) as saved:
        form.save.click()
    assert saved.args == ["hook 2", ""]


def test_an_invalid_url_cannot_replace_it(qtbot: QtBot) -> None:
    form = ChannelForm(CHANNEL)
    qtbot.addWidget(form)
    form.url.setText("nonsense")
    assert not form.save.isEnabled()


class Check(ChannelCheck):
    """Knows only JSON."""

    def __init__(self) -> None:
        super().__init__(Path())
        self.asked: list[str] = []

    def begin(self) -> None:
        pass

    def ask(self, url: str) -> None:
        self.asked.append(url)

    def reply(self) -> None:
        url = self.asked.pop()
        self.answered.emit(url, url.startswith("json://"), "Did you mean slack://?")


def test_a_url_is_saved_only_if_a_service_is_known_for_it(qtbot: QtBot) -> None:
    check = Check()
    form = ChannelForm(check=check)
    qtbot.addWidget(form)
    form.show()
    form.name.setText("hook")
    form.url.setText("slcak://a")
    with qtbot.assertNotEmitted(form.saved):
        form.save.click()
        assert not form.save.isEnabled(), "while it is asked"
        check.reply()
    assert form.message.text() == "Did you mean slack://?"
    form.url.setText("json://a")
    assert form.message.text() == ""
    form.save.click()
    with qtbot.waitSignal(form.saved) as saved:
        check.reply()
    assert saved.args == ["hook", "json://a"]


def test_an_answer_about_what_is_there_no_more_saves_nothing(qtbot: QtBot) -> None:
    check = Check()
    form = ChannelForm(check=check)
    qtbot.addWidget(form)
    form.name.setText("hook")
    form.url.setText("json://a")
    form.save.click()
    form.url.setText("json://b")
    with qtbot.assertNotEmitted(form.saved):
        check.reply()
    assert form.save.isEnabled()
