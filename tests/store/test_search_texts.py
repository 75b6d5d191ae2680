"""How tags are written for the search."""

from app.store import search_texts
from app.store.search_index import words_of
from app.store.search_texts import EMPTY, MARK


def test_a_tag_is_a_line_that_begins_with_its_key() -> None:
    lines = search_texts.tag_lines([("environment", "dev"), ("my.key", f"a\n{MARK}b")], ["url"]).split("\n")
    assert lines == [f"{MARK}environment dev", f"{MARK}my{MARK}key my.key a  b", f"{EMPTY}url"]


def test_a_release_is_found_by_its_version_alone() -> None:
    lines = search_texts.tag_lines([("release", "shop@1.2+4")]).split("\n")
    assert lines == [f"{MARK}release shop@1.2+4", f"{MARK}release 1.2+4"]


def test_a_key_is_one_word_whatever_is_in_it() -> None:
    for key in ("a.b", "a-b_c", "Ünïcode key", "a*b"):
        assert len(words_of(search_texts.tag_word(key))) == 1
