"""Mails through a real SMTP connection: stored before they are answered, and refused with words."""

import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from app.protocols.email import accept
from app.receiver import group_commit
from app.receiver import mail as mail_door
from tests.receiver.conftest import Running, Start

MAIL = b"Subject: backup failed\r\nMessage-ID: <1@vm>\r\n\r\nno space left\r\n"
SENDER, SHOP = "root@vm", "shop@localhost"


@pytest.fixture
def running(start: Start) -> Running:
    """A receiver that takes mails."""
    return start(smtp_port=0)


def where(running: Running) -> tuple[str, int]:
    url = urlsplit(running.receiver.smtp.url or "")
    assert url.hostname is not None
    assert url.port is not None
    return url.hostname, url.port


@pytest.fixture
def client(running: Running) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(*where(running), timeout=20) as connected:
        yield connected


def raw(running: Running) -> socket.socket:
    connection = socket.create_connection(where(running), timeout=20)
    assert connection.recv(1000).startswith(b"220 localhost")
    return connection


def test_a_mail_is_stored_before_it_is_answered(running: Running, client: smtplib.SMTP) -> None:
    assert client.sendmail(SENDER, SHOP, MAIL) == {}
    (report,) = running.stored()

    assert (report.protocol, report.project, report.remote) == ("email", "shop", "127.0.0.1")
    assert report.body == MAIL
    assert report.head == b"MAIL SMTP\r\nmail-from: root@vm\r\nrcpt-to: shop@localhost"
    assert len(report.event_id) == 32


def test_one_mail_for_several_people_is_one_report(running: Running, client: smtplib.SMTP) -> None:
    client.sendmail(SENDER, [SHOP, "bob@localhost"], MAIL)
    client.sendmail(SENDER, "pay@localhost", MAIL)

    assert [report.project for report in running.stored()] == ["shop", "pay"]


def test_a_line_may_be_as_long_as_a_body(running: Running, client: smtplib.SMTP) -> None:
    client.sendmail(SENDER, SHOP, b"\r\n" + b"x" * 300_000 + b"\r\n.dots\r\n")

    assert running.stored()[0].body == b"\r\n" + b"x" * 300_000 + b"\r\n.dots\r\n"


def test_names_beyond_ascii(running: Running, client: smtplib.SMTP) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "größer@vm", "größer@localhost"
    message.set_content("größer")
    client.send_message(message)

    assert running.stored()[0].project == "größer"


def test_any_password_will_do(running: Running, client: smtplib.SMTP) -> None:
    client.login("shop", "secret")
    client.sendmail(SENDER, SHOP, MAIL)

    assert len(running.stored()) == 1


def test_no_port_is_open_unless_it_is_asked_for(start: Start) -> None:
    assert start().receiver.smtp.url is None


def test_only_this_machine_is_heard(running: Running) -> None:
    assert where(running)[0] == "127.0.0.1"


def test_known_keys_lock_mails_out(start: Start) -> None:
    running = start(smtp_port=0, known_keys=("shop",))
    with smtplib.SMTP(*where(running), timeout=20) as client:
        client.sendmail(SENDER, SHOP, MAIL)
        with pytest.raises(smtplib.SMTPDataError, match="stranger") as caught:
            client.sendmail(SENDER, "stranger@localhost", MAIL)

    assert caught.value.smtp_code == 550
    assert len(running.stored()) == 1
    assert [refusal.status for refusal in running.refusals()] == [403]


def test_an_empty_mail_is_refused(running: Running) -> None:
    with smtplib.SMTP(*where(running), timeout=20) as client, pytest.raises(smtplib.SMTPDataError) as caught:
        client.sendmail(SENDER, SHOP, b"\r\n")

    assert caught.value.smtp_code == 554
    assert [refusal.status for refusal in running.refusals()] == [400]


def test_a_mail_that_is_too_large_is_refused_before_it_is_sent(start: Start) -> None:
    running = start(smtp_port=0, max_body_bytes=10_000)
    with (
        smtplib.SMTP(*where(running), timeout=20) as client,
        pytest.raises(smtplib.SMTPSenderRefused, match="max_body_bytes") as caught,
    ):
        client.sendmail(SENDER, SHOP, MAIL + b"x" * 10_000)

    assert caught.value.smtp_code == 552
    assert [refusal.status for refusal in running.refusals()] == [413]


def test_a_mail_that_grows_too_large_is_refused_at_its_end(start: Start) -> None:
    running = start(smtp_port=0, max_body_bytes=10_000)
    with smtplib.SMTP(*where(running), timeout=20) as client:
        client.helo()
        client.mail(SENDER)
        client.rcpt(SHOP)
        code, _said = client.data(b"x\r\n" * 4_000)
        assert code == 552
        # The connection is as good as before.
        assert client.sendmail(SENDER, SHOP, MAIL) == {}
    assert len(running.stored()) == 1


def test_a_line_without_an_end_is_cut_off(start: Start) -> None:
    running = start(smtp_port=0, max_body_bytes=100_000)
    with raw(running) as connection:
        connection.sendall(b"HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<shop@x>\r\nDATA\r\n")
        said = b""
        while b"552" not in said:
            try:
                connection.sendall(b"x" * 10_000)
            except OSError:
                break
            connection.settimeout(0.01)
            try:
                said += connection.recv(1000)
            except TimeoutError:
                continue
            except OSError:
                break
    assert running.stored() == []
    assert 413 in [refusal.status for refusal in running.refusals()]


def test_a_mail_that_cannot_be_stored_stays_with_its_sender(running: Running, client: smtplib.SMTP) -> None:
    with running.database.writing() as connection:
        connection.execute(
            text("CREATE TRIGGER no BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
    with pytest.raises(smtplib.SMTPDataError) as caught:
        client.sendmail(SENDER, SHOP, MAIL)

    assert caught.value.smtp_code == 451
    assert running.stored() == []


def test_too_much_that_waits_is_said(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "CURSOR_SECONDS", 1000.0)
    running = start(smtp_port=0, max_backlog_reports=1)
    with smtplib.SMTP(*where(running), timeout=20) as client:
        client.sendmail(SENDER, SHOP, MAIL)
        with pytest.raises(smtplib.SMTPDataError) as caught:
            client.sendmail(SENDER, SHOP, MAIL)

    assert caught.value.smtp_code == 451


def test_a_bug_of_ours_costs_no_mail(
    running: Running, client: smtplib.SMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(accept, "of_mail", fail)
        with pytest.raises(smtplib.SMTPDataError, match="bug is ours") as caught:
            client.sendmail(SENDER, SHOP, MAIL)
    assert caught.value.smtp_code == 451
    assert client.sendmail(SENDER, SHOP, MAIL) == {}


def test_a_sender_that_goes_away_leaves_nothing(running: Running) -> None:
    with raw(running) as connection:
        connection.sendall(b"EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<shop@x>\r\nDATA\r\nhalf of it")
    with smtplib.SMTP(*where(running), timeout=20) as client:
        client.sendmail(SENDER, SHOP, MAIL)

    assert [report.body for report in running.stored()] == [MAIL]


def test_nonsense_is_answered(running: Running) -> None:
    with raw(running) as connection:
        for said in (b"\xff\xfe\r\n", b"\r\n", b"NOSUCH\r\n", b"DATA\r\n", b"x" * 2_000 + b"\r\n"):
            connection.sendall(said)
            assert connection.recv(1000).startswith(b"50")


def test_a_connection_does_not_hold_up_the_end(running: Running) -> None:
    with raw(running) as connection:
        running.stop()
        assert connection.recv(1000).startswith(b"421")
        assert connection.recv(1000) == b""


def test_many_at_once(running: Running) -> None:
    def send(number: int) -> None:
        with smtplib.SMTP(*where(running), timeout=20) as client:
            for _mail in range(5):
                client.sendmail(SENDER, f"shop{number}@localhost", MAIL)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(running.stored()) == 40


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "OPTIONS", "CONNECT", "post", "PRI"])
def test_a_web_page_is_hung_up_on(running: Running, verb: str) -> None:
    """Whatever a page smuggles into its body is no command."""
    smuggled = (
        b"\r\nEHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<shop@x>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n"
    )
    with raw(running) as connection:
        connection.sendall(verb.encode() + b" / HTTP/1.1\r\nHost: localhost:2525\r\n" + smuggled)
        said = _until_the_end(connection)
    assert said in (b"", b"554 5.5.1 This port takes mails, not HTTP\r\n")
    assert running.stored() == []
    assert [refusal.reason for refusal in running.refusals()] == ["This port takes mails; what came is HTTP."]


def test_a_web_page_that_comes_in_pieces_is_hung_up_on(running: Running) -> None:
    with raw(running) as connection:
        connection.sendall(b"PO")
        connection.sendall(
            b"ST / HTTP/1.1\r\nEHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<shop@x>\r\nDATA\r\nx\r\n.\r\n"
        )
        said = _until_the_end(connection)
    assert b"250" not in said
    assert running.stored() == []


def test_a_mail_may_speak_of_http(running: Running, client: smtplib.SMTP) -> None:
    mail = b"Subject: failed\r\n\r\nPOST / HTTP/1.1\r\nGET / HTTP/1.1\r\n"
    assert client.sendmail(SENDER, SHOP, mail) == {}
    assert [report.body for report in running.stored()] == [mail]


def test_the_newest_sender_always_gets_in(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_door, "MAX_MAIL_CONNECTIONS", 5)
    silent = [raw(running) for _number in range(5)]
    with smtplib.SMTP(*where(running), timeout=20) as client:
        assert client.sendmail(SENDER, SHOP, MAIL) == {}
    assert _until_the_end(silent[0]) in (b"", b"421 4.7.0 Too many connections\r\n")
    for connection in silent:
        connection.close()


def test_a_sender_without_end_is_hung_up_on(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_door, "MAIL_SECONDS", 0.2)
    with raw(running) as connection:
        assert _until_the_end(connection).startswith(b"421 4.4.2")


def _until_the_end(connection: socket.socket) -> bytes:
    said = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(1000):
            said += piece
    return said


def test_while_intake_is_paused_a_sender_keeps_its_mail(running: Running, client: smtplib.SMTP) -> None:
    running.commits.intake.begin()
    with pytest.raises(smtplib.SMTPDataError, match="paused") as caught:
        client.sendmail(SENDER, SHOP, MAIL)
    assert caught.value.smtp_code == 451
    running.commits.intake.resume()
    client.sendmail(SENDER, SHOP, MAIL)
    assert len(running.stored()) == 1
    assert running.rejected() == 0
