"""File names as clients send them: paths of any system, `file:` and `webpack:` addresses, relative names.

They are brought into one form, in which path maps compare them: forward slashes, nothing encoded, no `./`
within. A relative name begins with `./`, an absolute one with `/` or a drive, an address with its scheme.
"""

import re
import sys
from collections.abc import Iterator
from urllib.parse import unquote

LONGEST = 4_096
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_DRIVE = re.compile(r"([A-Za-z]):[\\/]")
_WSL_SHARE = re.compile(r"//wsl(?:\$|\.localhost)/[^/]+(?=/)", re.IGNORECASE)
_WSL_DRIVE = re.compile(r"/mnt/([a-z])/")


def canonical(sent: str) -> str | None:
    """The name in the form that maps compare; None for what names no file, such as `<frozen os>`."""
    if not sent or len(sent) > LONGEST or "\0" in sent or sent[0] in "<[":
        return None
    address = _ADDRESS.match(sent)
    if address is not None and address[1].lower() == "file":
        return _path(_without_query(_of_file_address(sent[address.end() :])))
    if address is not None:
        rest = _collapsed(unquote(_without_query(sent[address.end() :])))
        return f"{address[1].lower()}://{rest}"
    return _path(_without_query(sent))


def prefix(sent: str) -> str | None:
    """What a map's `sent` side compares with: without a slash at its end. None when it is empty."""
    text = sent.strip()
    if not text:
        return None
    if text.rstrip("/\\") in (".", ""):
        return "." if text.startswith(".") else ""
    found = canonical(text) or ""
    while found.endswith("/") and not found.endswith("://"):
        found = found[:-1]
    return found or None


def parts(name: str) -> tuple[str, tuple[str, ...]]:
    """A canonical name as what it begins with (`/`, `./`, `C:/`, `webpack://app/`) and its parts."""
    address = _ADDRESS.match(name)
    if address is not None:
        host, slash, rest = name[address.end() :].partition("/")
        beginning = f"{address[0]}{host}{slash}"
    elif _DRIVE.match(name):
        beginning, rest = name[:3], name[3:]
    elif name.startswith("./"):
        beginning, rest = "./", name[2:]
    else:
        rest = name.lstrip("/")
        beginning = name[: len(name) - len(rest)]
    return beginning, tuple(part for part in rest.split("/") if part)


def here(sent: str, platform: str = sys.platform) -> Iterator[str]:
    """Paths of this machine that the name may mean without any map: as it was sent, and translated."""
    yield sent
    name = canonical(sent)
    if name is None:
        return
    if name != sent:
        yield name
    if platform == "win32":
        if _WSL_DRIVE.match(name):
            yield f"{name[5].upper()}:{name[6:]}"
    elif _DRIVE.match(name):
        yield f"/mnt/{name[0].lower()}{name[2:]}"


def is_share(path: str, platform: str = sys.platform) -> bool:
    """Whether only to look for this path asks another machine, or a device: on Windows, `//host/share`.

    Windows sends the person's login to that machine.
    """
    return platform == "win32" and path[:2].replace("\\", "/") == "//"


def _of_file_address(rest: str) -> str:
    """The path of what follows `file://`: a host other than this one is a share."""
    host, slash, path = rest.partition("/")
    path = unquote(path)
    if host.lower() not in ("", "localhost"):
        return f"//{host}/{path}"
    return path if _DRIVE.match(path) else f"{slash}{path}"


def _without_query(name: str) -> str:
    """Dev servers put `?t=1700000000` behind a file's name."""
    return name.partition("?")[0]


def _path(name: str) -> str | None:
    if _DRIVE.match(name):
        return f"{name[0].upper()}:/{_collapsed(name[3:].replace(chr(92), '/')).lstrip('/')}"
    if name.startswith("\\\\") or ("\\" in name and "/" not in name):
        name = name.replace("\\", "/")
    name = _WSL_SHARE.sub("", name, count=1)
    if name.startswith("/"):
        return _collapsed(name)
    relative = _collapsed(name)
    return f"./{relative}" if relative else None


def _collapsed(path: str) -> str:
    while path.startswith("./"):
        path = path[2:]
    return re.sub(r"/(?:\./)+", "/", path)
