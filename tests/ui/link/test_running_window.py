"""A second start asks the window that is open on the same folder to come to the front."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread

from ui.link.running_window import LONGEST_PATH_BYTES, TOKEN, path, raise_it


def test_the_window_is_asked_in_one_line_with_the_token_of_the_desktop(tmp_path: Path) -> None:
    received: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as window:
        window.bind(os.fspath(path(tmp_path)))
        window.listen()

        def answer() -> None:
            connection, _address = window.accept()
            with connection:
                received.append(connection.recv(512))
                connection.sendall(b"raised\n")

        thread = Thread(target=answer)
        thread.start()
        assert raise_it(tmp_path, {TOKEN: "abc"})
        thread.join()
    assert received == [b"raise abc\n"]


def test_without_an_open_window_none_is_raised(tmp_path: Path) -> None:
    assert not raise_it(tmp_path)
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(os.fspath(path(tmp_path)))
    assert path(tmp_path).exists(), "a window that was killed leaves its file"
    assert not raise_it(tmp_path)


def test_a_folder_with_a_very_long_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * LONGEST_PATH_BYTES)
    assert len(os.fsencode(path(deep))) <= LONGEST_PATH_BYTES
    assert path(deep) != path(tmp_path / ("y" * LONGEST_PATH_BYTES))


def test_it_loads_no_qt() -> None:
    code = "import sys, ui; ui.running_window; print([name for name in sys.modules if 'PySide6' in name])"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
