"""Started from the desktop of Windows, Arecibo opens no console."""

from app.desktop import without_console

PYTHON = r"C:\a b\.venv\Scripts\python.exe"
QUIET = r"C:\a b\.venv\Scripts\pythonw.exe"


def test_the_python_without_a_console_is_taken_where_it_is() -> None:
    words = (PYTHON, r"C:\a b\main.py", "--data-dir", "python.exe")
    assert without_console.command(words, "win32", {QUIET}.__contains__) == (QUIET, *words[1:])
    assert without_console.command(words, "win32", set[str]().__contains__) == words


def test_a_packaged_program_and_other_platforms_stay_as_they_are() -> None:
    packaged = (r"C:\Arecibo\arecibo.exe",)
    assert without_console.command(packaged, "win32", lambda _file: True) == packaged
    for platform in ("linux", "darwin"):
        assert without_console.command((PYTHON, "main.py"), platform, lambda _file: True) == (
            PYTHON,
            "main.py",
        )
