"""Of PySide6 what the window uses: modules that it imports, plugins of a desktop, and their libraries.

All of it has 240 MB; what is left has 100.
"""

import re
import shutil
from pathlib import Path

from setup.packages import elf
from setup.packages.places import ROOT

# Kinds of plugins, each with those that are taken of it.
PLUGINS = {
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "ico", "jpeg", "gif"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("xcb", "wayland", "offscreen", "minimal"),
    "platformthemes": ("gtk3", "xdgdesktopportal"),
    "wayland-decoration-client": ("",),
    "wayland-graphics-integration-client": ("",),
    "wayland-shell-integration": ("",),
    "xcbglintegrations": ("",),
}
# What PySide6 itself opens or imports, beside the modules.
_SUPPORT = ("*.py", "libpyside6.abi3.so*", "support/**/*")


def modules(sources: Path = ROOT / "ui") -> set[str]:
    """The modules of PySide6 that are imported below `sources`, such as `QtCore`."""
    texts = (file.read_text("utf-8") for file in sources.rglob("*.py"))
    return {name for text in texts for name in re.findall(r"\bPySide6\.(Qt[A-Za-z0-9]+)", text)}


def copy(packages: Path, target: Path) -> None:
    """Copy those parts of PySide6 from the folder `packages` into the folder `target`."""
    source = packages / "PySide6"
    chosen = {path for pattern in _SUPPORT for path in source.glob(pattern) if path.is_file()}
    chosen |= {source / f"{name}.abi3.so" for name in modules()}
    for kind, names in PLUGINS.items():
        plugins = (source / "Qt" / "plugins" / kind).glob("*.so")
        chosen |= {file for file in plugins if any(name in file.name for name in names)}
    libraries = source / "Qt" / "lib"
    chosen |= elf.closure([path for path in chosen if ".so" in path.name], libraries)
    for path in sorted(chosen):
        if path.suffix != ".pyi" and "__pycache__" not in path.parts:
            file = target / "PySide6" / path.relative_to(source)
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, file)
