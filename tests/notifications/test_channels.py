"""Notices reach a real webhook, and errors contain no secret."""

import io
import logging
import subprocess
import sys

import pytest

from app.model import Level
from app.notifications import channels
from app.notifications.channels import ChannelUnusable
from tests.notifications.hooks import Webhook


def test_a_notice_arrives(webhook: Webhook) -> None:
    assert (
        channels.deliver(webhook.url("a/b"), Level.ERROR, "New in shop: KeyError", "a < b\n1 event") is None
    )
    ((path, body),) = webhook.posts
    assert path == "/a/b"
    assert (body["title"], body["message"], body["type"]) == (
        "New in shop: KeyError",
        "a < b\n1 event",
        "failure",
    )


def test_a_notice_without_a_body_is_sent_with_its_title_as_the_body(webhook: Webhook) -> None:
    assert channels.deliver(webhook.url(), Level.INFO, "only this", "") is None
    ((_path, body),) = webhook.posts
    assert (body["title"], body["message"], body["type"]) == ("", "only this", "info")


def test_a_refusal_is_returned_and_logged_without_secrets(
    webhook: Webhook, capfd: pytest.CaptureFixture[str]
) -> None:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    webhook.status = 403
    url = webhook.url("t0psecret").replace("://", "://anna:hunter2@")
    error = channels.deliver(url, Level.ERROR, "title", "body")
    logging.getLogger().removeHandler(handler)
    assert error is not None
    assert "403" in error
    said = error + log.getvalue() + "".join(capfd.readouterr())
    assert not [secret for secret in ("t0psecret", "hunter2", "anna") if secret in said]


def test_the_error_of_a_missing_host_says_that_the_connection_was_refused() -> None:
    error = channels.deliver("json://127.0.0.1:1/t0psecret", Level.ERROR, "title", "body")
    assert error is not None
    assert "onnection" in error
    assert "refused" in error
    assert "t0psecret" not in error


@pytest.mark.parametrize("url", ["", "nonsense", "nothing://host/t0psecret", "slack://t0psecret", "json://"])
def test_a_url_of_no_service_is_refused_without_naming_it(url: str) -> None:
    with pytest.raises(ChannelUnusable) as refused:
        channels.check(url)
    assert "t0psecret" not in str(refused.value)
    assert channels.deliver(url, Level.ERROR, "title", "body") == str(refused.value)


def test_the_library_is_loaded_only_where_something_is_sent() -> None:
    modules = (
        "app.cli.commands, app.engine.engine, app.jobs.jobs, app.digest.pipeline, app.notifications.courier"
    )
    code = f"import sys, {modules}; print([name for name in sys.modules if name.startswith('apprise')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("url", "meant"), [("slcak://a/b/c", "slack://"), ("mialto://a", "mailto://"), ("JSNO://h", "json://")]
)
def test_a_misspelt_service_is_named(url: str, meant: str) -> None:
    with pytest.raises(ChannelUnusable, match=f"Did you mean {meant}"):
        channels.check(url)


def test_a_name_like_no_service_is_not_guessed_and_not_shown_whole() -> None:
    with pytest.raises(ChannelUnusable) as refused:
        channels.check("z" * 500 + "://secret@host")
    assert "Did you mean" not in str(refused.value)
    assert "secret" not in str(refused.value)
    assert len(str(refused.value)) < 250
