"""The DSN of a project: a Sentry client must find the engine's address and the project's key in it."""

from urllib.parse import urlsplit

import pytest
from sentry_sdk.utils import Dsn

from app.dsn import dsn


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1974", "http://[::1]:8000", "https://host.docker.internal:1"]
)
def test_sentry_reads_address_and_key_from_it(url: str) -> None:
    read = Dsn(dsn(url, "my_app"))
    where = urlsplit(url)
    assert (read.scheme, read.host, read.port) == (where.scheme, where.hostname, where.port)
    assert (read.public_key, read.project_id) == ("my_app", "1")
