"""The forms in which an event is copied."""

from collections.abc import Sequence

from msgspec import Struct

from app.detail import EventDetail
from app.preferences import Preferences
from app.scrub import rules
from app.sharing import failing_test, markdown, plain, words
from app.sharing.what_goes import outgoing


class Copy(Struct, frozen=True):
    """What goes to the clipboard, and what it is, for a message."""

    text: str
    what: str


def made(detail: EventDetail, name: str, chosen: Preferences, more: Sequence[str] = ()) -> Copy:
    """The event in the form called `name`; `more` as in `markdown.as_markdown`."""
    if name == "id":
        return Copy(detail.event.event_id, "Event id")
    in_force = rules.made(chosen.scrub_patterns)
    event = outgoing(detail.event, in_force).event
    if name == "text":
        return Copy(plain.as_text(event, detail.issue), "Text")
    if name == "test":
        test = failing_test.of_event(event)
        return Copy(test.text, f"Failing test for {test.runner}")
    if name == "json":
        return Copy(words.value_block(event), "JSON")
    text = markdown.as_markdown(
        event,
        detail.issue,
        characters=chosen.markdown_characters,
        more=[in_force.hide(line) for line in more],
    )
    return Copy(text, "Markdown")


def title(detail: EventDetail, chosen: Preferences) -> str:
    """The event's title as it goes."""
    return outgoing(detail.event, rules.made(chosen.scrub_patterns)).event.title
