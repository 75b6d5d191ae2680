"""Tries all packages in `dist/`, and measures them beside the checkout; ends at the first that fails.

ARGS="installers" or ARGS="debian", "folder", "times" tries one of them.
"""

import sys
import tempfile
from pathlib import Path

from setup.packages.places import DIST, FOLDER_NAME, ROOT
from tests.packages import by_installers, in_debian, in_folder, times
from tests.packages.screen import Screen


def main(chosen: list[str]) -> None:
    """Try what is chosen; everything when nothing is."""
    with (
        tempfile.TemporaryDirectory(prefix="arecibo-packages-", ignore_cleanup_errors=True) as name,
        Screen() as screen,
    ):
        work = Path(name)
        if not chosen or "installers" in chosen:
            by_installers.run(next(DIST.glob("*.whl")), work, screen)
        if not chosen or {"folder", "times"} & set(chosen):
            arecibo = in_folder.run(DIST / f"{FOLDER_NAME}.tar.gz", work, screen)
            times.run([sys.executable, str(ROOT / "main.py")], [str(arecibo)], work, screen)
        if not chosen or "debian" in chosen:
            in_debian.run(next(DIST.glob("*.deb")), work, screen)
    print("All packages that were tried work.")


if __name__ == "__main__":
    main(sys.argv[1:])
