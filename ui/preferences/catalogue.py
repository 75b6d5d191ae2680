"""What can be found in the preferences: each page's settings, by the words that people look for.

A table of text alone: the palette searches it without any page being made.
"""

from collections.abc import Iterator

from msgspec import Struct


class Setting(Struct, frozen=True):
    """One setting. `control` is the attribute of its page that is shown and takes the focus.

    `words` are other names that people have for it.
    """

    label: str
    control: str
    words: str = ""


SETTINGS: dict[str, tuple[Setting, ...]] = {
    "Appearance": (
        Setting("Theme", "theme", "dark light system colours mode night"),
        Setting("Density of lists", "density", "compact comfortable rows height"),
        Setting("Size of text", "text_size", "font zoom larger smaller scale"),
        Setting("Reduced motion", "reduced_motion", "animation accessibility"),
    ),
    "Keys": (
        Setting("Keys of commands", "list", "shortcuts keyboard bindings hotkeys rebind"),
        Setting("Reset all keys", "reset_all", "shortcuts defaults"),
    ),
    "Reading": (
        Setting("Show the newest call first", "newest_first", "stack trace order of frames"),
        Setting("Fold the frames of libraries", "only_in_app", "stack trace in app vendor"),
    ),
    "Editor": (
        Setting("Editor", "chooser", "open file ide vscode pycharm vim command terminal"),
        Setting("Try the editor", "try_button", "test"),
    ),
    "Folders": (
        Setting("Folders of sources", "roots", "source code roots project path"),
        Setting("Path maps", "maps", "docker container remote local"),
    ),
    "Traces": (
        Setting("Store spans and log lines", "stored", "transactions performance logs"),
        Setting("How long traces are kept", "hours", "retention"),
        Setting("How much of traces is kept", "megabytes", "size disk"),
    ),
    "Privacy": (
        Setting("Secrets and patterns", "patterns", "scrub hide password token redact regex"),
        Setting("See what is hidden", "preview", "scrub preview"),
        Setting("Scrub before anything is written", "on_receipt", "secrets password receive"),
        Setting("Size of Markdown", "characters", "copy length"),
    ),
    "Receiver": (
        Setting("Port", "port", "listen address 1974"),
        Setting("Pause intake", "pause", "resume stop take no errors"),
        Setting("Who may send", "here", "host loopback network lan container docker"),
        Setting("Project keys", "keys", "known dsn allow"),
        Setting("Spotlight", "spotlight", "sentry sidecar"),
        Setting("Error mails", "mail", "smtp"),
    ),
    "Retention": (
        Setting("Events per issue", "events", "keep count"),
        Setting("Days", "days", "keep age old"),
        Setting("Size of the store", "megabytes", "disk keep bytes"),
    ),
    "Notifications": (
        Setting("Do not disturb", "do_not_disturb", "mute quiet notices"),
        Setting("Notices on the desktop", "always", "popup banner"),
        Setting("Channels and rules", "rules", "slack mail webhook"),
    ),
    "Data": (
        Setting("Folder", "folder", "data path where store"),
        Setting("Back up now", "back_up", "backup save copy"),
        Setting("Restore a backup", "backups", "undo"),
        Setting("Back up once a day", "daily", "schedule automatic"),
        Setting("Clear everything", "clear", "delete remove all reset"),
    ),
    "Desktop": (
        Setting("Icon in the tray", "tray", "unread menu bar"),
        Setting("Close to the tray", "close_to_tray", "background hide quit"),
        Setting("Start when I log in", "at_login", "autostart boot"),
        Setting("Entry in the menu, and links", "entry", "desktop file arecibo:// icon"),
    ),
}
"""By the name of its page (`ui.preferences.dialog.PAGES`), in the page's order."""


class Found(Struct, frozen=True):
    """A page that a search found, with its settings that match; with none of them its name matched."""

    page: str
    settings: tuple[Setting, ...]


def find(text: str, pages: tuple[str, ...]) -> Iterator[Found]:
    """Of these pages, those in which every word of `text` is in a setting or in the page's name."""
    words = text.casefold().split()
    for page in pages:
        settings = SETTINGS.get(page, ())
        matching = tuple(each for each in settings if _matches(words, f"{page} {each.label} {each.words}"))
        if matching or _matches(words, page):
            yield Found(page, matching)


def _matches(words: list[str], text: str) -> bool:
    lowered = text.casefold()
    return all(word in lowered for word in words)
