"""Changes are taken back in the order of a stack, and a new one forgets what was taken back."""

from ui.link.change_history import Change, ChangeHistory


def test_changes_are_undone_and_redone_like_a_stack() -> None:
    values = [0]
    history = ChangeHistory()

    def change(value: int) -> None:
        before = values[-1]
        values.append(value)
        history.record(Change(f"to {value}", lambda: values.append(before), lambda: values.append(value)))

    history.undo()
    history.redo()
    change(1)
    change(2)
    history.undo()
    assert values[-1] == 1
    history.redo()
    assert values[-1] == 2
    history.undo()
    history.undo()
    assert values[-1] == 0
    assert history.last is None
    change(3)
    assert history.next is None, "a new change forgets what was taken back"
