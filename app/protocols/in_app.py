"""Whether a frame is the app's own code, told by its path, for clients that do not say so."""

import re
from functools import lru_cache

# Installed packages, the standard library and the runtime's own code, on every platform.
_FOREIGN = re.compile(
    r"""(?:^|[\\/])(?:site-packages|dist-packages|node_modules|gems)[\\/]
      | [\\/]lib(?:64)?[\\/]python\d(?:\.\d+)?[\\/]
      | [\\/]Python\d+[\\/]Lib[\\/]
      | [\\/]Python\.framework[\\/]
      | \.zip[\\/]
      | ^<frozen\ | ^<__array_function__
      | ^node: | ^internal/ | ^native\ | ^\[native\ code\]
    """,
    re.VERBOSE,
)


_LONGEST = 1000


def is_in_app(path: str) -> bool:
    """False for site-packages, node_modules, the standard library and the runtime; true for all else."""
    return _is_in_app(path[:_LONGEST])


@lru_cache(maxsize=8192)
def _is_in_app(path: str) -> bool:
    return _FOREIGN.search(path) is None


def is_in_app_code(path: str | None, module: str | None, function: str | None, platform: str | None) -> bool:
    """Whether a frame is the app's own code, told by its module too where paths say nothing (Java, .NET, Go).

    `platform` is Sentry's name of the language; any of them may be missing.
    """
    return is_in_app(path or "")
