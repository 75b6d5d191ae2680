"""A channel's name and URL."""

from pytestqt.qtbot import QtBot

from app.store.notices.channels import Channel
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
