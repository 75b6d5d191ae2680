"""The choices of every stack."""

from ui.detail.sections.stack.frame_order import controls
from ui.link.preferences_access import PreferencesAccess


def test_the_alternative_that_holds_is_marked_and_the_other_one_chooses_it(chosen: PreferencesAccess) -> None:
    def marked() -> list[str]:
        return [control.label for control in controls(chosen, has_library=True) if control.on]

    assert marked() == ["App frames", "Newest first"]
    by_label = {control.label: control for control in controls(chosen, has_library=True)}
    for label in ("All frames", "Oldest first", "Oldest first"):
        by_label[label].action()
    assert marked() == ["All frames", "Oldest first"]


def test_without_library_frames_there_is_nothing_to_fold(chosen: PreferencesAccess) -> None:
    assert [control.label for control in controls(chosen, has_library=False)] == [
        "Newest first",
        "Oldest first",
    ]
