"""What the folder is made of and under which terms: out of the packages' own metadata."""

from importlib import metadata
from pathlib import Path

from setup.packages.carried_python import locked_packages
from setup.packages.places import write

_HEAD = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Arecibo
Comment: Arecibo with the Python that it runs by, the packages of its requirements.lock, and parts of Qt. What
 a package has of licence texts lies with it, below python/lib, in its folder .dist-info.

Files: *
Copyright: The authors of Arecibo
License: Arecibo
 No licence has been given so far: all rights are the authors'.

Files: python/bin/* python/lib/*
Copyright: 2001-2026 Python Software Foundation
License: PSF-2.0
 See https://docs.python.org/3/license.html.

Files: */PySide6/* */shiboken6/*
Copyright: The Qt Company Ltd. and others
License: LGPL-3
 Dynamically linked libraries, which may be replaced by others of the same version. On Debian systems the
 licence is in /usr/share/common-licenses/LGPL-3.
"""


def write_all(folder: Path) -> None:
    """Write `copyright`, in Debian's form, into `folder`."""
    parts = [_HEAD]
    for package in locked_packages():
        files = f"*/{package.files[0].parts[0] if package.files else package.name}*"
        parts.append(f"Files: {files}\nCopyright: {_authors(package)}\nLicense: {_licence(package)}\n")
    write(folder / "copyright", "\n".join(parts))


def _authors(package: metadata.Distribution) -> str:
    return _line(
        _said(package, "Author") or _said(package, "Author-email") or f"The authors of {package.name}"
    )


def _licence(package: metadata.Distribution) -> str:
    classifiers = package.metadata.get_all("Classifier") or ()
    classified = [line.rpartition(" :: ")[2] for line in classifiers if "License ::" in line]
    given = _said(package, "License-Expression") or ", ".join(classified) or _said(package, "License")
    return f"{_line(given) or 'see its files'}\n {package.name} {package.version}"


def _said(package: metadata.Distribution, field: str) -> str:
    return str((package.metadata.get_all(field) or [""])[0])


def _line(words: str) -> str:
    return " ".join(words.split())[:200]
