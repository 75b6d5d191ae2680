"""Files: opened, previewed and saved, their bytes read only then."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from app.model import AttachmentInfo
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail, make_event
from ui.detail.requests import ReadAttachment, Request, SaveFile
from ui.detail.sections.attachments import AttachmentsSection


def png(width: int = 30, height: int = 20) -> bytes:
    """A real image."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x3366CC)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def opened(page: ReadPage, content: bytes | None, name: str = "log.txt") -> list[Request]:
    """The page with one file, whose bytes are `content`; what was asked of the window."""
    asked: list[Request] = []

    def answer(request: Request) -> None:
        asked.append(request)
        if isinstance(request, ReadAttachment):
            request.done(content)

    page.requested.connect(answer)
    file = AttachmentInfo(filename=name, content_type="text/plain", size=len(content or b""))
    page.open(make_detail(make_event(attachments=(file,))), AttachmentsSection)
    return asked


def test_a_file_is_read_when_it_is_opened(page: ReadPage) -> None:
    asked = opened(page, b"first line\nsecond line\n")
    assert page.lines() == ["Attachments  1", "log.txt  text/plain · 23 B"]
    assert asked == []
    page.activate("log.txt")
    assert page.lines()[2:] == ["text", "first line", "second line", "Save …"]
    page.activate("log.txt")
    page.activate("log.txt")
    assert len(asked) == 1, "it is not read again"


def test_json_opens_as_a_tree(page: ReadPage) -> None:
    opened(page, b'{"a": {"b": 1}}')
    page.activate("log.txt")
    page.activate("a")
    assert "b  1" in page.lines()


def test_an_image_is_shown_and_a_broken_one_said(page: ReadPage) -> None:
    opened(page, png(), "shot.png")
    page.activate("shot.png")
    assert "image · 30 × 20" in page.lines()
    pictures = [p for i in range(len(page.stacking.rows)) for p in page.stacking.sheet(i).pictures]
    assert [picture.image.width() for picture in pictures] == [30]
    opened(page, png()[:40], "cut.png")
    page.activate("cut.png")
    assert any("cut or broken" in line for line in page.lines())


def test_bytes_are_shown_in_hexadecimal(page: ReadPage) -> None:
    opened(page, bytes(range(32)))
    page.activate("log.txt")
    assert any(line.startswith("00000010") for line in page.lines())


def test_it_is_saved_under_a_safe_name(page: ReadPage) -> None:
    asked = opened(page, b"content", "../../etc/passwd")
    save: Callable[[], None] = page.menu("passwd")["Save …"]
    save()
    (saving,) = (request for request in asked if isinstance(request, SaveFile))
    assert (saving.name, saving.content()) == ("passwd", b"content")


def test_a_file_that_is_gone_says_so(page: ReadPage) -> None:
    opened(page, None)
    page.activate("log.txt")
    assert any("no longer stored" in line for line in page.lines())
