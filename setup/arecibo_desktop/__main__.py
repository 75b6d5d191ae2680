"""The same as the command `arecibo`, for `python -m arecibo_desktop`."""

import sys

from . import main

if __name__ == "__main__":
    sys.exit(main())
