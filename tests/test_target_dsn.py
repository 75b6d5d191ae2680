"""The DSN of another server: taken apart as Sentry's clients do, and never shown with its key."""

import pytest
from sentry_sdk.utils import Dsn as SentryDsn

from app.target_dsn import DsnUnusable, masked, parse


@pytest.mark.parametrize(
    "text",
    [
        "https://abc123@o1.ingest.sentry.io/4501",
        "http://abc123@127.0.0.1:8000/1",
        "https://abc123:s3cret@errors.example.org/sub/path/7",
        "http://abc123@[::1]:9000/3",
    ],
)
def test_it_is_taken_apart_as_a_client_does(text: str) -> None:
    found, known = parse(f" {text}\n"), SentryDsn(text)
    assert (found.scheme, found.host, found.port, found.key) == (
        known.scheme,
        known.host,
        known.port,
        known.public_key,
    )
    assert (found.secret, found.project) == (known.secret_key or "", known.project_id)
    assert f"{found.prefix}/" == known.path
    assert "abc123" not in f"{found!r}"
    assert "abc123" not in masked(text)
    assert "s3cret" not in masked(text)
    assert found.host in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "nonsense", "ftp://k@h/1", "https://h/1", "https://k@/1", "https://k@h", "https://k@h/",
        "https://k@h:port/1", "https://k@h/1?x=y", "https://k@h/1\r\nX: y", "https://k@[/1",
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_how_one_looks(text: str) -> None:
    with pytest.raises(DsnUnusable, match="https://KEY@HOST/PROJECT"):
        parse(text)
    assert masked(text) == "…"
