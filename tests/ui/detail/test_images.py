"""Images from outside: decoded within bounds, by the one plugin that their bytes name."""

import struct
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from tests.ui.detail.sections.test_attachments import png
from ui.detail import images


def huge_png() -> bytes:
    """A head that claims 60,000 × 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk


def test_an_image_is_decoded_and_a_large_one_scaled_down(qapp: QApplication) -> None:
    image, note = images.decoded(png(30, 20), "png")
    assert image is not None
    assert (image.width(), image.height(), note) == (30, 20, "30 × 20")
    image, note = images.decoded(png(4_000, 1_000), "png")
    assert image is not None
    assert (image.width(), image.height(), note) == (1_600, 400, "4,000 × 1,000")


@pytest.mark.parametrize("content", [b"", png()[:30], huge_png(), b"<svg/>", bytes(images.MOST_BYTES + 1)])
def test_what_cannot_be_shown_says_why(qapp: QApplication, content: bytes) -> None:
    image, note = images.decoded(content, "png")
    assert image is None
    assert note.endswith(("Save it.", "Save it to look into it."))


def test_no_other_format_is_tried(qapp: QApplication) -> None:
    assert images.decoded(png(), "gif")[0] is None


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt's readers warn of what is broken
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.binary(max_size=200), st.sampled_from(["png", "jpeg", "gif", "webp", "bmp"]), st.integers(0, 60))
def test_any_bytes_are_no_fault(qapp: QApplication, noise: bytes, kind: str, at: int) -> None:
    images.decoded(noise, kind)
    images.decoded(png()[:at] + noise, kind)
