"""Files that are watched for saves."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from ui.detail.saved_files import SavedFiles


def test_a_save_is_noticed_in_place_and_by_replacement(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "cart.py"
    file.write_text("1")
    saves: list[int] = []
    watch = SavedFiles([file], lambda: saves.append(1))
    file.write_text("2")
    qtbot.waitUntil(lambda: len(saves) == 1)
    for number in (2, 3):
        (tmp_path / "new").write_text("3")
        (tmp_path / "new").replace(file)
        qtbot.waitUntil(lambda number=number: len(saves) >= number)  # type: ignore[misc]
    count = len(saves)
    file.write_text("in place again")
    qtbot.waitUntil(lambda: len(saves) > count)
    watch.close()
