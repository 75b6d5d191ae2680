import email.mime.multipart
import email.mime.text

import pytest

from app.protocols.email import accept, read
from app.protocols.email.mail import parse
from tests.protocols import captures
from tests.protocols.email.mails import event_of


def test_a_page_alone_is_read_as_text() -> None:
    message = email.mime.text.MIMEText(
        "<html><head><style>p {}</style></head><body><p>backup &amp; restore<br>failed</p></body></html>",
        "html",
    )

    assert event_of(message.as_bytes()).message == "backup & restore\nfailed"


def test_a_file_is_an_attachment_of_the_event() -> None:
    message = email.mime.multipart.MIMEMultipart()
    message.attach(email.mime.text.MIMEText("backup failed"))
    log = email.mime.text.MIMEText("the log")
    log.add_header("Content-Disposition", "attachment", filename="backup.log")
    message.attach(log)
    content = message.as_bytes()
    delivery = read.read(captures.report_of("email", accept.of_mail(content, ())), content)

    (file,) = delivery.attachments
    assert (file.event_id, file.content) == (delivery.events[0].event_id, b"the log")
    assert delivery.events[0].attachments == (file.info,)
    assert (file.info.filename, file.info.content_type, file.info.size) == ("backup.log", "text/plain", 7)


def test_headers_are_decoded() -> None:
    found = parse(
        b"Subject: =?utf-8?b?Z3LDtsOfZXI=?=\r\n folded\r\nFrom: Ada <ada@shop.example>\r\n"
        b"To: Shop <shop@localhost>, bob@localhost\r\nDelivered-To: inbox@localhost\r\n"
        b"Message-ID: <7@shop.example>\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n\r\nno card\r\ntoday"
    )

    assert (found.subject, found.sender) == ("größer folded", "Ada <ada@shop.example>")
    assert found.recipients == ("shop@localhost", "bob@localhost", "inbox@localhost")
    assert (found.message_id, found.date) == ("7@shop.example", "Mon, 23 Nov 2026 12:00:00 +0000")
    assert (found.text, found.page, found.files) == ("no card\ntoday", "", ())


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"Content-Type: text/plain; charset=latin-1", b"gr\xf6\xdfer", "größer"),
        (b"Content-Type: text/plain; charset=unheard-of", "größer".encode(), "größer"),
        (b"Content-Transfer-Encoding: quoted-printable", b"gr=C3=B6=C3=9Fer", "größer"),
        (b"Content-Transfer-Encoding: base64", b"Z3LDtsOfZXI=", "größer"),
    ],
)
def test_text_in_any_encoding(head: bytes, body: bytes, text: str) -> None:
    assert parse(head + b"\n\n" + body).text == text


def test_the_text_and_the_page_beside_it() -> None:
    found = parse(
        b"Content-Type: multipart/alternative; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nno card\n"
        b"--x\nContent-Type: text/html\n\n<p>no <b>card</b></p>\n"
        b"--x\nContent-Type: image/png\n\npixels\n--x--\n"
    )

    assert (found.text, found.page) == ("no card", "<p>no <b>card</b></p>")
    assert [(file.name, file.content_type) for file in found.files] == [("image.png", "image/png")]


def test_a_page_may_end_in_an_ampersand_word() -> None:
    assert parse(b"Content-Type: text/html\n\n<p>backup of R&D").text == "backup of R&D"
