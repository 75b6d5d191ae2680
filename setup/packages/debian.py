"""The Debian package: the folder in /usr/lib/arecibo, and what desktops, shells and `man` read in /usr/share.

It has no scripts of its own: dpkg's triggers renew the lists of icons, types of files and entries. When it is
purged nothing is left but what persons' stores hold.
"""

import gzip
import hashlib
import re
import shutil
from email.utils import formatdate
from pathlib import Path

from app.version import VERSION
from setup.build_file import NAME as BUILD_FILE
from setup.build_file import text as build_text
from setup.packages import elf
from setup.packages.folder import INSTALLED, architecture
from setup.packages.places import BUILD, ROOT, epoch, output, settle, size, write

_FONTS = "fonts-dejavu-core | fonts-liberation | fonts-noto-core | fonts-freefont-ttf"
_MAINTAINER = "The authors of Arecibo <arecibo@arecibo.invalid>"
_CONTROL = """Package: arecibo
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}, {fonts}
Recommends: ca-certificates, hicolor-icon-theme, xdg-utils
Suggests: git
Section: devel
Priority: optional
Description: desktop error inbox
 Start it, point any local app at it, and every error which that app throws
 lands in one window, grouped, within a blink, with everything needed to fix
 it. It takes what the clients of Sentry, Rollbar, Bugsnag, Airbrake,
 Honeybadger, Raygun, Elastic APM, OpenTelemetry, GELF and Loki send.
 .
 This package brings its own Python, so that it does not depend on the
 system's.
"""
# What a package that brings an interpreter with its packages cannot be without.
_LINTIAN = """# It brings its own Python and Qt, as the wheels of PyPI have them.
arecibo: embedded-library
arecibo: custom-library-search-path
arecibo: shared-library-lacks-prerequisites
# Compiled for that Python alone; purging must leave nothing behind.
arecibo: package-installs-python-pycache-dir
# Debian builds its own Python so.
arecibo: hardening-no-pie
# First lines of modules, which nobody starts as programs.
arecibo: unusual-interpreter
arecibo: interpreter-in-usr-local
"""


def build(stage: Path, target: Path, *, small: bool = False) -> Path:
    """Make the package of the folder `stage`, in the folder `target`; returns the file.

    `small` takes minutes for 10 MB less.
    """
    level = 6 if small else 1
    tree = BUILD / "debian"
    shutil.rmtree(tree, ignore_errors=True)
    inside = tree / INSTALLED.lstrip("/")
    shutil.copytree(stage, inside, symlinks=True)
    shutil.move(inside / "share", tree / "usr" / "share")
    write(inside / "program" / BUILD_FILE, build_text(ROOT, "deb"))
    command = tree / "usr" / "bin" / "arecibo"
    command.parent.mkdir()
    command.symlink_to("../lib/arecibo/bin/arecibo")
    share = tree / "usr" / "share"
    for name, words in (
        ("changelog", _changelog()),
        ("CHANGELOG.md", (ROOT / "CHANGELOG.md").read_text("utf-8")),
    ):
        write(share / "doc" / "arecibo" / f"{name}.gz", gzip.compress(words.encode(), 9, mtime=0))
    write(share / "lintian" / "overrides" / "arecibo", _LINTIAN)
    settle(tree)
    _write_control(tree, inside)
    file = target / f"arecibo_{VERSION}_{architecture()}.deb"
    output(
        ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", tree, file],
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SOURCE_DATE_EPOCH": str(epoch())},
    )
    return file


def depends(inside: Path) -> str:
    """The packages whose libraries those in the folder `inside` need, as `Depends` has them."""
    work = BUILD / "shlibdeps"
    write(work / "debian" / "control", "Source: arecibo\n\nPackage: arecibo\nArchitecture: any\n")
    folders = sorted({file.parent for file in inside.rglob("*.so*")})
    # GTK's look is taken where GTK is, and not asked for.
    files = [file for file in elf.binaries(inside) if "gtk3" not in file.name]
    said = output(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{folder}" for folder in folders)]
        + [f"-e{file}" for file in files],
        cwd=work,
    )
    found = re.search(r"^shlibs:Depends=(.+)$", said, re.MULTILINE)
    if found is None:
        raise SystemExit("dpkg-shlibdeps named no package")
    return found[1]


def _changelog() -> str:
    """In Debian's form: what changed is told by CHANGELOG.md, which lies beside it."""
    return (
        f"arecibo ({VERSION}) stable; urgency=medium\n\n  * What changed: CHANGELOG.md.gz in this folder.\n\n"
        f" -- {_MAINTAINER}  {formatdate(epoch())}\n"
    )


def _write_control(tree: Path, inside: Path) -> None:
    control = tree / "DEBIAN"
    kilobytes = size(tree) // 1024
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}"
        for file in sorted(tree.rglob("*"))
        if file.is_file() and not file.is_symlink()
    ]
    words = _CONTROL.format(
        version=VERSION,
        architecture=architecture(),
        maintainer=_MAINTAINER,
        kilobytes=kilobytes,
        depends=depends(inside),
        fonts=_FONTS,
    )
    write(control / "control", words)
    write(control / "md5sums", "\n".join(sums) + "\n")
