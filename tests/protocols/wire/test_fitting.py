"""What fitting does beyond what the tests of Sentry's adapter show of it."""

from typing import Any

from msgspec import Struct

from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes


class Part(Struct):
    n: int | None = None


class Whole(Struct):
    part: Part | None = None
    parts: list[Part] | None = None
    free: dict[str, Any] | None = None
    text: str | None = None


def test_an_empty_list_is_phps_empty_object() -> None:
    notes = Notes()

    fitted = fitting.decode(b'{"part": [], "free": [], "parts": []}', Whole, notes)

    assert fitted == Whole(part=None, parts=[], free=None)
    assert (notes.kept, notes.problems) == ({}, [])


def test_an_empty_list_for_a_text_is_odd() -> None:
    notes = Notes()

    assert fitting.decode(b'{"text": []}', Whole, notes) == Whole()
    assert notes.kept == {"text": []}
    assert notes.problems == ["text should be text, but is a list; it is kept in extra."]


def test_words_may_be_an_object() -> None:
    class Said(Struct):
        words: fitting.Words | None = None

    def said(value: Any) -> str | None:
        notes = Notes()
        words = fitting.fit({"words": value}, Said, "", notes).words
        assert (notes.problems, notes.kept) == ([], {})
        return words

    assert said({"code": 7, "why": "no card"}) == '{"code": 7, "why": "no card"}'
    assert said("no card") == "no card"
    assert (said(7), said(True), said(1.5)) == ("7", "true", "1.5")


def test_a_full_list_for_an_object_is_odd() -> None:
    notes = Notes()

    assert fitting.decode(b'{"part": [5], "free": [null]}', Whole, notes) == Whole()
    assert notes.kept == {"part": [5], "free": [None]}
