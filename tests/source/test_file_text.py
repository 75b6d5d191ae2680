import os
from pathlib import Path

import pytest

from app.source import file_text
from app.source.file_text import LARGEST_SOURCE, Unreadable


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_lines_come_without_their_ends_whatever_those_are(tmp_path: Path) -> None:
    assert file_text.read(written(tmp_path / "a.js", b"one\r\ntwo\rthree\n")).lines == ("one", "two", "three")
    assert file_text.read(written(tmp_path / "b.js", b"")).lines == ()


def test_python_says_its_own_encoding(tmp_path: Path) -> None:
    latin = "# -*- coding: latin-1 -*-\nname = 'tée'\n".encode("latin-1")
    assert file_text.read(written(tmp_path / "a.py", latin)).lines[1] == "name = 'tée'"
    assert file_text.read(written(tmp_path / "a.js", latin)).lines[1] == "name = 't\ufffde'"
    unknown = b"# -*- coding: no-such -*-\nx = 1\n"
    assert file_text.read(written(tmp_path / "b.py", unknown)).lines[1] == "x = 1"


def test_what_changed_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.py", b"x = 1\n")
    assert file_text.read(path).lines == ("x = 1",)
    written(path, b"x = 2\n")
    os.utime(path, (1, 2_000_000_000))
    assert file_text.read(path).lines == ("x = 2",)
    assert file_text.read(path).changed_at.year == 2033


def test_what_is_no_source_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no text"):
        file_text.read(written(tmp_path / "a.so", b"\x7fELF\0\0"))
    with pytest.raises(Unreadable, match="larger than 4 MB"):
        file_text.read(written(tmp_path / "b.js", b"x" * (LARGEST_SOURCE + 1)))
    with pytest.raises(Unreadable, match="cannot be read"):
        file_text.read(tmp_path / "none.py")
    with pytest.raises(Unreadable, match="no file"):
        file_text.read(tmp_path)
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(Unreadable, match="no file"):
        file_text.read(tmp_path / "pipe.py")


def test_the_lines_around_one() -> None:
    lines = [f"line {n}" for n in range(1, 21)]
    assert [number for number, _ in file_text.around(lines, 10)] == list(range(5, 16))
    assert [number for number, _ in file_text.around(lines, 1)] == list(range(1, 7))
    assert file_text.around(lines, 21) == ()
    assert file_text.around(lines, 0) == ()
