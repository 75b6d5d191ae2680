"""The call of fetch, made by a real Node."""

import shutil
import subprocess
from json import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Request
from app.request_text.fetch import as_fetch
from tests.request_text import http_echo


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")
def test_node_sends_the_same_request() -> None:
    with http_echo.listening() as (url, got):
        request = Request(
            method="PUT",
            url=f"{url}/a",
            query="q=its&r=%20",
            headers={"X-Name": "`${1}` \\ ü", "Content-Type": "application/json"},
            cookies={"s": "1"},
            body='{"text": "</script>\u2028\n"}',
        )
        ran = subprocess.run(
            ["node", "--input-type=module"],
            input=as_fetch(request).encode(),
            capture_output=True,
            check=True,
            timeout=60,
        )
    assert ran.stderr == b""
    (sent,) = got
    assert (sent["method"], sent["path"], sent["body"]) == ("PUT", "/a?q=its&r=%20", request.body)
    assert sent["headers"]["x-name"].encode("latin-1").decode() == "`${1}` \\ ü"
    assert sent["headers"]["cookie"] == "s=1"


def test_a_method_that_sends_no_body_has_none() -> None:
    assert "body" not in as_fetch(Request(method="GET", url="http://a/", body="x"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_text_is_a_literal_of_ascii(url: str, body: str) -> None:
    call = as_fetch(Request(method="POST", url=url, body=body))
    assert call.isascii()
    assert "<" not in call
    line = next((line for line in call.split("\n") if line.startswith("  body: ")), None)
    if line is not None:
        assert loads(line.removeprefix("  body: ").removesuffix(",")) == body
