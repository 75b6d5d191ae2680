"""The history of a frame's line, as it was and as it is."""

from msgspec.structs import replace

from app.git import frames, repository
from app.git.failing_line import LineHistory, of_frame
from app.preferences import Preferences
from tests.git.a_repository import CART, ARepository, event_at


def _history(shop: ARepository, event: object, build: str | None = None) -> LineHistory:
    found = frames.of_event(event, Preferences(source_roots=(str(shop.root),)))  # type: ignore[arg-type]
    return of_frame(repository.find(shop.root), found.frames[0], build)


def test_the_line_as_it_was_in_the_build_that_failed(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    first = shop.commit("First")
    event = event_at(file, 10)
    shop.write("cart.py", "new", "new", *CART[:9], "changed", *CART[10:])
    shop.commit("Second", author="Grace")
    found = _history(shop, event, first)
    assert found.blamed is not None
    assert (found.text, found.blamed.commit.hash, found.note) == (
        CART[9],
        first,
        f"as of {first[:9]}, which failed",
    )


def test_without_a_build_the_line_where_it_stands_now(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    first = shop.commit("First")
    event = event_at(file, 10)
    shop.write("cart.py", "new", "new", *CART)
    shop.commit("Second")
    shop.write("cart.py", "newer", "new", "new", *CART)  # not committed
    found = _history(shop, event)
    assert found.blamed is not None
    assert (found.blamed.number, found.blamed.commit.hash) == (12, first)
    assert found.note == "as of HEAD, where it is line 13 now"


def test_a_line_that_is_not_committed(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    first = shop.commit("First")
    shop.write("cart.py", *CART[:9], "new = here", *CART[10:])
    found = _history(shop, event_at(file, 10), first)
    assert (found.blamed, found.text) == (None, "new = here")
    assert found.saved_at is not None
    assert found.note == f"not in {first[:9]}, which the release names; not committed yet"
    new = shop.write("new.py", *CART)
    assert _history(shop, event_at(new, 3)).note == "the file is not committed yet"


def test_a_line_that_is_gone_and_one_without_a_text(shop: ARepository) -> None:
    file = shop.write("cart.py", *CART)
    shop.commit("First")
    event = event_at(file, 10, text="was = something_else()")
    assert _history(shop, event).note == "the line is not in the file now"
    (raised,) = event.exceptions
    (frame,) = raised.frames
    bare = replace(event, exceptions=(replace(raised, frames=(replace(frame, context=()),)),))
    assert _history(shop, bare).text == CART[9]
    beyond = replace(event, exceptions=(replace(raised, frames=(replace(frame, context=(), line=999),)),))
    assert _history(shop, beyond).note == "the line is not in the file now"
    none = replace(event, exceptions=(replace(raised, frames=(replace(frame, line=None),)),))
    assert _history(shop, none).note == "The client sent no line."
