"""Changes of channels, undone and done again unless the channel was changed elsewhere."""

from app.notifications import directory
from app.store.notices import channels
from tests.factories import Store
from tests.ui.undoing import Back, Do
from ui.notifications.actions import NotificationActions
from ui.undo import UndoStack


def test_a_channel_that_was_changed_elsewhere_is_neither_removed_nor_restored(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, refusal: Do
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    (hook,) = store.read(directory.all_channels)
    store.write(directory.change_channel, channels.Channel(id=hook.id, name="hook", url="json://other"))
    assert refusal(undo.undo).startswith("Not undone")
    assert [channel.url for channel in store.read(directory.all_channels)] == ["json://other"]


def test_channels_are_added_changed_and_removed_again_under_their_ids(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, back: Back
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    (hook,) = store.read(directory.all_channels)
    off = channels.Channel(id=hook.id, name="hook", url="json://host", enabled=False)
    sentences = ["hook added", do(lambda: of_notices.change_channel(off, "hook off"))]
    sentences.append(do(lambda: of_notices.remove_channel(off)))
    for _round in range(2):
        assert [back() for _act in sentences] == sentences[::-1]
        assert store.read(directory.all_channels) == []
        assert [do(undo.redo) for _act in sentences[:2]] == sentences[:2]
        assert store.read(directory.all_channels) == [off]
        assert do(undo.redo) == sentences[2]


def test_a_name_that_is_taken_meanwhile_leaves_the_redo(
    store: Store, undo: UndoStack, of_notices: NotificationActions, do: Do, back: Back, refusal: Do
) -> None:
    do(lambda: of_notices.add_channel("hook", "json://host"))
    back()
    other = store.write(directory.add_channel, "hook", "json://other")
    assert refusal(undo.redo).startswith("There is a channel named hook already")
    store.write(directory.remove_channel, other)
    assert do(undo.redo) == "hook added"
