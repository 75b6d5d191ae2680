"""What desktops and shells read of an installed program: entry, icons, types, manual, completion."""

import gzip
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.cli.arguments.program import SHELLS
from app.desktop import menu_entry, report_type
from app.desktop.program import ICON
from setup.packages import man_page
from setup.packages.places import output, write

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_COMPLETIONS = {
    "bash": "bash-completion/completions/arecibo",
    "zsh": "zsh/vendor-completions/_arecibo",
    "fish": "fish/vendor_completions.d/arecibo.fish",
}


def write_all(share: Path, python: Path) -> None:
    """Write all of them below `share`, as the XDG Base Directory Specification lays that out.

    `python` is the interpreter of the folder that `share` is in: it says its own completions.
    """
    entry = menu_entry.text(("arecibo",), "arecibo")
    write(share / "applications" / menu_entry.NAME, entry)
    write(share / "mime" / "packages" / report_type.FILE, report_type.XML)
    write(share / "man" / "man1" / "arecibo.1.gz", gzip.compress(man_page.text().encode(), 9, mtime=0))
    main = python.parents[2] / "program" / "main.py"
    for shell in SHELLS:
        script = output([python, "-E", "-s", "-B", main, "completion", shell])
        write(share / _COMPLETIONS[shell], script)
    write_icons(share / "icons" / "hicolor")


def write_icons(theme: Path) -> None:
    """Write the icon into the icon theme `theme`: as it is drawn, and in the sizes that desktops ask for."""
    drawing = ICON.read_bytes()
    write(theme / "scalable" / "apps" / "arecibo.svg", drawing)
    for pixels in ICON_SIZES:
        image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(drawing).render(painter)
        painter.end()
        file = theme / f"{pixels}x{pixels}" / "apps" / "arecibo.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(file)):
            raise SystemExit(f"{file} could not be written")
