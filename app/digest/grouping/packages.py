"""The package of a frame, as people call it: `django`, `@sentry/node`, `org.springframework`."""

import re

from app.model import Frame

_LONGEST = 500
_IN_FOLDER = re.compile(
    r"""
      .*[\\/](?:site-packages|dist-packages|node_modules|bower_components)[\\/]
        (?P<package>@[^\\/]+[\\/][^\\/]+|[^\\/]+?)(?:\.py)?(?:[\\/]|$)
    | .*[\\/]gems[\\/](?P<gem>[^\\/]+?)(?:-\d[\w.]*)?[\\/]
    | .*[\\/]vendor[\\/](?P<vendor>[^\\/]+[\\/][^\\/]+)[\\/]
    | .*[\\/]pkg[\\/]mod[\\/](?P<go>[^@]+)@
    | .*[\\/](?:registry|git)[\\/](?:src[\\/])?[^\\/]+[\\/](?P<crate>[\w-]+?)-\d[\w.]*[\\/]
    """,
    re.VERBOSE,
)
_RUNTIME = re.compile(
    r".*[\\/]lib(?:64)?[\\/](?P<python>python)\d|.*[\\/]lib(?:64)?[\\/](?P<ruby>ruby)[\\/]|^(?P<node>node):"
)
_OF_DOMAIN = re.compile(r"(?:com|org|io|net|dev|edu)\.[\w$-]+")


def package(frame: Frame) -> str:
    """The package's name; without one, the module's first part or the file's name."""
    path = (frame.abs_path or frame.filename or "")[-_LONGEST:]
    folder = _IN_FOLDER.match(path) or _RUNTIME.match(path)
    if folder is not None:
        return next(name for name in folder.groups() if name).replace("\\", "/")
    module = (frame.module or "")[:_LONGEST]
    domain = _OF_DOMAIN.match(module)
    if domain is not None:
        return domain[0]
    name = module.partition(".")[0] if module else path.replace("\\", "/").rpartition("/")[2]
    return name or "the runtime"
