"""The two choices of every stack on the page: which frames are shown, and in which order."""

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
                "Fold what stands together of libraries (F)",
                on=chosen.only_in_app,
                joined=True,
            ),
            Control(
                "All frames",
                lambda: change(only_in_app=False),
                "Show the frames of libraries one by one (F)",
                on=not chosen.only_in_app,
            ),
        ]
    return [
        *found,
        Control(
            "Newest first",
            lambda: change(newest_first=True),
            "The call that failed at the top (V)",
            on=chosen.newest_first,
            joined=True,
        ),
        Control(
            "Oldest first",
            lambda: change(newest_first=False),
            "The call that failed at the bottom (V)",
            on=not chosen.newest_first,
        ),
    ]
