"""The folder with its own Python, unpacked anywhere."""

import os
import subprocess
from pathlib import Path

from setup.packages.places import FOLDER_NAME, size
from tests.packages import usage
from tests.packages.by_installers import free_port
from tests.packages.screen import Screen


def run(archive: Path, work: Path, screen: Screen) -> Path:
    """Unpack and use it; returns its command."""
    os.environ["DISPLAY"] = screen.name
    os.environ.pop("QT_QPA_PLATFORM", None)
    print("the folder", flush=True)
    (work / "a folder").mkdir()
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(work / "a folder")], check=True)
    folder = work / "a folder" / FOLDER_NAME
    arecibo = [str(folder / "bin" / "arecibo")]
    # What a person has set for a Python of their own, and another folder, do not matter to it.
    os.environ["PYTHONHOME"] = "/nowhere"
    os.environ["PYTHONPATH"] = "/nowhere"
    try:
        usage.says_its_version(arecibo, "a folder with its own Python")
        usage.serves(arecibo, str(work / "folder-data"))
        picture = Path.cwd() / "build" / "window-folder.png"
        usage.shows(arecibo, str(work / "folder-data"), free_port(), screen, picture)
    finally:
        del os.environ["PYTHONHOME"], os.environ["PYTHONPATH"]
    print(f"  {size(archive) / 1e6:.0f} MB packed, {size(folder) / 1e6:.0f} MB on disk")
    return Path(arecibo[0])
