"""Which readers a text interests."""

from app.protocols.stacktrace import readers
from tests.protocols.stacktrace.reading import SAMPLES, sample


def test_ordinary_text_interests_no_reader() -> None:
    text = "The printer at home is on fire: 3 pages, from tray 2\nand so on"
    assert not readers.has_sign(text)
    assert not list(readers.interested(text))


def test_every_sample_interests_a_reader_of_its_platform() -> None:
    files = list(SAMPLES.rglob("*.txt"))
    assert files
    for file in files:
        parsed = sample(str(file.relative_to(SAMPLES).with_suffix("")))
        if parsed.exceptions:
            own = readers.of_platform(parsed.platform)
            assert own in list(readers.interested(file.read_text("utf-8"))), file.stem


def test_an_unknown_platform_has_no_reader() -> None:
    assert readers.of_platform("cobol") is None
    assert readers.of_platform(None) is None
