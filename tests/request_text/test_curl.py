import shlex
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import Request
from app.request_text.curl import as_curl


def curl_words(request: Request) -> list[str]:
    return shlex.split(as_curl(request).replace("\\\n", ""))


def test_a_plain_get_is_just_the_address() -> None:
    assert curl_words(Request(method="GET", url="http://a/b?c=1", query="c=1")) == ["curl", "http://a/b?c=1"]


def test_a_post_has_its_headers_cookies_and_body() -> None:
    request = Request(
        method="post",
        url="http://a/b",
        query="?q=it's",
        headers={"Host": "a", "Content-Length": "9", "X-Name": "it's $HOME"},
        body={"a": 1},
        cookies={"s": "1"},
    )
    got = curl_words(request)
    assert got[:4] == ["curl", "-X", "POST", "http://a/b?q=it's"]
    assert got[4:8] == ["-H", "X-Name: it's $HOME", "-H", "Cookie: s=1"]
    assert got[8:] == ["--data-raw", '{\n  "a": 1\n}']


def test_a_form_is_sent_as_one() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    request = Request(method="POST", url="http://a/", headers=headers, body={"a": ["1", "2"], "b": "x y"})
    assert curl_words(request)[-1] == "a=1&a=2&b=x+y"


def given_to_curl(request: Request) -> list[str]:
    """What a real shell gives to curl when the command is pasted into it."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}\n{as_curl(request)}\n"
    ran = subprocess.run(["/bin/sh"], input=script.encode(), capture_output=True, check=True, timeout=20)
    assert ran.stderr == b""
    return ran.stdout.decode("utf-8", "replace").split("\0")[:-1]


VALUED = {"-X", "-H", "--data-raw", "--url", "--proto"}
FLAGS = {"--globoff", "--path-as-is", "--head"}


def options_of(arguments: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Options with their values as curl would read them, and the other words."""
    options, others, words_left = [], [], list(arguments)
    while words_left:
        word = words_left.pop(0)
        if word in VALUED:
            options.append((word, words_left.pop(0)))
        elif word in FLAGS:
            options.append((word, ""))
        else:
            assert not word.startswith("-"), word
            others.append(word)
    return options, others


HOSTILE = (
    "--output", "-K/etc/passwd", "-o x", "@/etc/passwd", "file:///etc/passwd", "http://a/[1-100]",
    "http://a/{b,c}", "http://a/../../b",
    "'; rm -rf / #", "$(id)", "`id`", "a\nb", "\x1b[31m\x03\x15", "\r\nHost: evil", "\x00",
    "\u202ehttp://x", "%s%n\\n\\0", "!!", "", "-", "http://a/\nb c", "\ud800",
)  # fmt: skip
hostile = st.sampled_from(HOSTILE) | st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the command is for a POSIX shell")
@settings(max_examples=60, deadline=None)
@given(hostile, hostile, st.dictionaries(hostile, hostile, max_size=3), hostile, hostile)
def test_no_value_becomes_an_option_a_file_or_a_command(
    url: str, method: str, headers: dict[str, str], cookie: str, body: str
) -> None:
    request = Request(method=method, url=url, headers=headers, cookies={cookie: cookie}, body=body)
    command = as_curl(request)
    assert all(character.isprintable() or character in "\n\t" for character in command), (
        "nothing acts when pasted"
    )
    options, others = options_of(given_to_curl(request))
    assert len(others) + sum(name == "--url" for name, _ in options) == 1, "one address"
    assert all(other.lower().startswith(("http://", "https://")) for other in others)
    for name, value in options:
        if name == "-H":
            assert not value.startswith("@")
            assert not set("\r\n\0") & set(value)
        if name == "--data-raw":
            sent = body.replace("\0", "").encode("utf-8", "replace").decode()
            assert value.rstrip("\n") == sent.rstrip("\n")
    if set("[]{}") & set(url):
        assert ("--globoff", "") in options


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_curl_sends_the_same_request() -> None:
    seen: list[tuple[str, str, str | None, bytes]] = []

    class Echo(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.command, self.path, self.headers["X-Odd"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_about: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/../[1-3]{{a,b}}?q=it's"
        headers = {"X-Odd": "@/etc/passwd", "X-Empty": ""}
        request = Request(method="PUT", url=url, headers=headers, body="@/etc/passwd")
        subprocess.run(["/bin/sh", "-c", as_curl(request)], check=True, timeout=20, capture_output=True)
        server.shutdown()
    assert seen == [("PUT", "/../[1-3]{a,b}?q=it's", "@/etc/passwd", b"@/etc/passwd")]
