"""Where an engine listens is found by its folder."""

from pathlib import Path

from app.engine import address
from app.engine.address import EngineAddresses
from app.settings import Settings

WHERE = EngineAddresses(url="http://127.0.0.1:1974", no_spotlight="Its port is taken.", smtp="127.0.0.1:1025")


def test_what_is_written_is_read_until_it_is_removed(tmp_path: Path) -> None:
    assert address.read(tmp_path) is None
    address.write(tmp_path, WHERE)
    assert address.read(tmp_path) == WHERE
    address.remove(tmp_path)
    address.remove(tmp_path)
    assert address.read(tmp_path) is None


def test_a_file_that_was_cut_short_is_no_address(tmp_path: Path) -> None:
    address.write(tmp_path, WHERE)
    file = tmp_path / address.FILE
    file.write_bytes(file.read_bytes()[:-5])
    assert address.read(tmp_path) is None


def test_without_an_engine_the_address_is_that_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, port=4711)
    assert address.find(settings) == "http://127.0.0.1:4711"
    address.write(tmp_path, WHERE)
    assert address.find(settings) == WHERE.url
