from hypothesis import given, settings
from hypothesis import strategies as st

from app.plain_text import clipped, one_line, plain
from ui.detail.value_text import as_text, preview, size_text


def test_invisible_characters_are_marked() -> None:
    assert plain("a\x00b\x1b[31m") == "a‹00›b‹1B›[31m"
    assert plain("\u202egpj.exe\u2069") == "‹202E›gpj.exe‹2069›"
    assert plain("\ud800") == "\ufffd"
    assert plain("tab\there\nline") == "tab here\nline"


def test_visible_characters_stay() -> None:
    for text in ("plain", "Grüße 東京 شكرا", "👩‍👩‍👧", "non\u00a0breaking"):
        assert plain(text) == text


@settings(deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_no_invisible_character_is_left(text: str) -> None:
    left = plain(text)
    assert not set(left) & set(
        "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u2028\x00\x1b\r\t"
    )
    left.encode()


def test_previews_are_short_for_any_value() -> None:
    assert preview({"a": [1, None, True, "x"], "b": {}}) == '{a: [1, null, true, "x"], b: {}}'
    assert preview("'repr'") == "'repr'"
    assert len(preview({f"key{n}": "v" * 1_000 for n in range(10_000)})) <= 240
    assert preview([[[[[[1]]]]]]).count("[") <= 6
    assert preview(10**5_000).startswith("0x")


def test_previews_read_no_more_than_they_show() -> None:
    class Watched(dict[str, int]):
        read = 0

        def items(self):  # type: ignore[no-untyped-def]
            for pair in super().items():
                self.read += 1
                yield pair

    watched = Watched({f"key{n}": n for n in range(100_000)})
    preview(watched)
    assert watched.read < 200


def test_copies_are_whole() -> None:
    assert as_text({"a": [1, 2]}) == '{\n  "a": [\n    1,\n    2\n  ]\n}'
    assert as_text("as it is") == "as it is"
    assert as_text({1, 2}) != ""


def test_cutting() -> None:
    assert clipped("abcdef", 4) == ("abcd", 2)
    assert one_line("a\nb\r\nc") == "a b c"


def test_sizes() -> None:
    assert [size_text(n) for n in (0, 999, 1_500, 48_213, 512_000, 7_400_000)] == [
        "0 B", "999 B", "1.5 kB", "48.2 kB", "512 kB", "7.4 MB",
    ]  # fmt: skip
