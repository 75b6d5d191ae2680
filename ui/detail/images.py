"""Images that came with an event, decoded off the UI thread within bounds of memory and pixels."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

MOST_PIXELS = 40_000_000
MOST_BYTES = 30_000_000
_LARGEST_SIDE = 1_600
_ALLOCATED_MB = 256


def decoded(content: bytes, kind: str) -> tuple[QImage | None, str]:
    """The image, scaled down to what a screen shows, and a note: its size, or why it is not shown.

    `kind` is the one format that is tried: no other plugin of Qt ever sees the bytes.
    """
    if len(content) > MOST_BYTES:
        return None, "The image is too large to be shown here. Save it."
    QImageReader.setAllocationLimit(_ALLOCATED_MB)
    held = QByteArray(content)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return None, "The image cannot be read: it is cut or broken. Save it to look into it."
    if size.width() * size.height() > MOST_PIXELS:
        return (
            None,
            f"The image has {size.width():,} × {size.height():,} pixels: too many to be shown. Save it.",
        )
    side = max(size.width(), size.height())
    if side > _LARGEST_SIDE:
        scale = _LARGEST_SIDE / side
        reader.setScaledSize(QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale))))
    image = reader.read()
    if image.isNull():
        return None, "The image cannot be read: it is cut or broken. Save it to look into it."
    return image, f"{size.width():,} × {size.height():,}"
