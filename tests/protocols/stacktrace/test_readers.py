"""Which readers a text interests."""

from app.protocols.stacktrace import readers
from tests.protocols.stacktrace.reading import SAMPLES, sample


def test_ordinary_text_interests_no_reader() -> None:
    text = "The printer at home is on fire: 3 pages, from tray 2\nand so on"
    assert readers.interested(text) == []


def test_every_sample_interests_a_reader_of_its_platform() -> None:
    files = [*SAMPLES.rglob("*.txt")]
    assert files
    for file in files:
        parsed = sample(file.relative_to(SAMPLES).with_suffix("").as_posix())
        interested = readers.interested(file.read_text("utf-8"))
        # What another program printed of a process has a reader without a platform.
        own = readers.of_platform(parsed.platform)
        assert own in interested or any(not reader.platforms for reader in interested), file


def test_an_unknown_platform_has_no_reader() -> None:
    assert readers.of_platform("cobol") is None
    assert readers.of_platform(None) is None


def test_every_reader_is_found_by_a_word_only_where_its_sign_stands_too() -> None:
    files = [*SAMPLES.rglob("*.txt")]
    assert files
    for file in files:
        text = file.read_text("utf-8")
        by_sign = [reader for reader in readers.ALL if reader.sign.search(text) is not None]
        assert readers.interested(text) == by_sign, file
