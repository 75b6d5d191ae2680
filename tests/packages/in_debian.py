"""The Debian package in a fresh Debian 12 that has no Python: installed, used by a person, purged."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setup.packages.places import size
from tests.packages import usage
from tests.packages.by_installers import free_port
from tests.packages.screen import Screen

SUITE = "bookworm"
PERSON = "person"
HOME = f"/home/{PERSON}"
# What apt and dpkg themselves write at every installation.
_THEIR_OWN = ("/var/", "/etc/ld.so.cache", "/root/", f"{HOME}/", "/proc", "/dev", "/tmp")


def run(package: Path, work: Path, screen: Screen) -> None:
    """Do all of it in a folder below `work`."""
    root = work / "debian"
    print(f"a fresh Debian ({SUITE})", flush=True)
    _must(["debootstrap", "--variant=minbase", SUITE, str(root)])
    assert not list(root.glob("usr/bin/python*")), "this Debian has a Python"
    _take_apt_settings(root)
    inside = ["chroot", str(root)]
    with _mounted(root):
        _must([*inside, "useradd", "--create-home", PERSON])
        (root / "root" / package.name).write_bytes(package.read_bytes())
        _must([*inside, "apt-get", "update"])
        before = _files(root)
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes"]
        _must([*inside, *apt, "install", f"/root/{package.name}"])
        print(
            f"  installed: {size(package) / 1e6:.0f} MB packed, {size(root / 'usr/lib/arecibo') / 1e6:.0f} MB"
        )
        _use(root, inside, screen)
        _must([*inside, *apt, "purge", "arecibo"])
        left = {path for path in _files(root) if "arecibo" in path and not path.startswith("/root/")}
        assert not left, f"purging has left {sorted(left)[:9]}"
        _must([*inside, *apt, "autoremove", "--purge"])
        left = {path for path in _files(root) - before if not path.startswith(_THEIR_OWN)}
        print(f"  left by the packages that it depends on: {sorted(left) or 'nothing'}")
        kept = sorted(path.name for path in (root / HOME.lstrip("/") / ".local/share/arecibo").iterdir())
        assert "arecibo.sqlite3" in kept, "the store is gone"
        print(f"  purged; kept is the person's store: {', '.join(kept)}")


def _use(root: Path, inside: list[str], screen: Screen) -> None:
    environment = [
        "env",
        "-i",
        f"HOME={HOME}",
        f"DISPLAY={screen.name}",
        "LANG=C.UTF-8",
        "PATH=/usr/bin:/bin",
    ]
    arecibo = [*inside, "setpriv", f"--reuid={PERSON}", f"--regid={PERSON}", "--clear-groups"]
    arecibo += [*environment, "arecibo"]
    usage.says_its_version(arecibo, "a Debian package")
    usage.serves(arecibo, f"{HOME}/served")
    picture = Path.cwd() / "build" / "window-debian.png"
    usage.shows(arecibo, f"{HOME}/.local/share/arecibo", free_port(), screen, picture)
    for file in ("applications/arecibo.desktop", "man/man1/arecibo.1.gz", "mime/packages/arecibo.xml"):
        # A minimal Debian leaves manuals out (dpkg's path-exclude) where it is told to; this one is not.
        assert (root / "usr/share" / file).exists(), file


def _files(root: Path) -> set[str]:
    """All files and folders of the system in `root`, but what is mounted there."""
    found = subprocess.run(
        ["find", str(root), "-xdev", "-mindepth", "1"], capture_output=True, text=True, check=True
    )
    return {line.removeprefix(str(root)) for line in found.stdout.splitlines() if f"{HOME}/" not in line}


def _take_apt_settings(root: Path) -> None:
    """What this machine's apt is told of mirrors and proxies holds in there, too."""
    for file in Path("/etc/apt/apt.conf.d").iterdir():
        text = file.read_text("utf-8", "replace")
        if "Acquire" in text:
            (root / "etc/apt/apt.conf.d" / file.name).write_text(text)
    (root / "etc/resolv.conf").write_text(Path("/etc/resolv.conf").read_text())


@contextmanager
def _mounted(root: Path) -> Iterator[None]:
    """With what every running system has: /proc, and shared memory that everybody may use."""
    mounts = [("proc", root / "proc", "defaults"), ("tmpfs", root / "dev/shm", "mode=1777")]
    for kind, where, options in mounts:
        _must(["mount", "-t", kind, "-o", options, kind, str(where)])
    try:
        yield
    finally:
        for _kind, where, _options in mounts:
            subprocess.run(["umount", str(where)], check=False)


def _must(command: list[str]) -> None:
    done = subprocess.run(
        command, env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
