"""A file that is followed may be renamed and written by others meanwhile."""

import os
import stat
from pathlib import Path

import pytest

from app.platforms import shared_file


def test_it_is_read_while_its_program_rotates_it(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    log.write_bytes(b"one\n")
    reading = shared_file.open_to_read(log)
    log.rename(tmp_path / "app.log.1")
    log.write_bytes(b"new\n")
    with (tmp_path / "app.log.1").open("ab") as written:
        written.write(b"two\n")
    assert os.read(reading, 100) == b"one\ntwo\n"
    os.close(reading)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        shared_file.open_to_read(tmp_path / "none")
    assert raised.value.filename in (str(tmp_path / "none"), tmp_path / "none")


def test_a_folder_can_be_told_from_a_file(tmp_path: Path) -> None:
    folder = shared_file.open_to_read(tmp_path)
    assert stat.S_ISDIR(os.fstat(folder).st_mode)
    os.close(folder)
