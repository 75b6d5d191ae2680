"""The two choices of every stack on the page: which frames are shown, and in which order."""

from ui.commands.keymap import with_key
from ui.detail.page.heading import Control
from ui.link.preferences_access import PreferencesAccess


def controls(preferences: PreferencesAccess, *, has_library: bool) -> list[Control]:
    """What a heading offers: of each choice both alternatives, the one that holds marked."""
    chosen = preferences.chosen
    change = preferences.change
    found = []
    if has_library:
        found += [
            Control(
                "App frames",
                lambda: change(only_in_app=True),
                with_key("Fold what stands together of libraries", "in_app"),
                on=chosen.only_in_app,
                joined=True,
            ),
            Control(
                "All frames",
                lambda: change(only_in_app=False),
                with_key("Show the frames of libraries one by one", "in_app"),
                on=not chosen.only_in_app,
            ),
        ]
    return [
        *found,
        Control(
            "Newest first",
            lambda: change(newest_first=True),
            with_key("The call that failed at the top", "frame_order"),
            on=chosen.newest_first,
            joined=True,
        ),
        Control(
            "Oldest first",
            lambda: change(newest_first=False),
            with_key("The call that failed at the bottom", "frame_order"),
            on=not chosen.newest_first,
        ),
    ]
