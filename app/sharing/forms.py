"""The table of forms in which an event is copied, without what makes them."""

from msgspec import Struct


class Form(Struct, frozen=True):
    """One form: its name in the preferences, and its label, with `&` before the letter that is its key."""

    name: str
    label: str


FORMS = (
    Form("markdown", "Copy as &Markdown"),
    Form("text", "Copy as &text"),
    Form("test", "Copy as &failing test"),
    Form("json", "Copy &JSON"),
    Form("id", "Copy event &id"),
)
FIRST = FORMS[0]


def form(name: str) -> Form:
    """The form with this name; the first where there is none."""
    return next((each for each in FORMS if each.name == name), FIRST)
