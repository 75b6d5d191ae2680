"""`make package`: builds all packages that this platform can have, into `dist/`."""

import shutil
import sys
import time
from pathlib import Path

from setup.packages import archive, debian, folder, wheel
from setup.packages.places import BUILD, DIST, size


def main() -> int:
    """Build, and say what came of it; returns the exit code."""
    started = time.monotonic()
    shutil.rmtree(BUILD, ignore_errors=True)
    DIST.mkdir(exist_ok=True)
    made = [wheel.build(DIST)]
    _say(made[0], started)
    if sys.platform != "linux":
        print("The folder with its own Python is built on Linux only.")
        return 0
    stage = folder.build(made[0])
    if shutil.which("dpkg-deb") and shutil.which("dpkg-shlibdeps"):
        made.append(debian.build(stage, DIST, small="--small" in sys.argv[1:]))
        _say(made[-1], started)
    else:
        print("There is no dpkg here, so no Debian package is built.")
    made.append(archive.build(stage, DIST))
    _say(made[-1], started)
    return 0


def _say(file: Path, started: float) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {size(file) / 1e6:6.1f} MB  {file}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
