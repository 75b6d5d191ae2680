"""The command of HTTPie, read as HTTPie reads its words."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from app.model import Request
from app.request_text.httpie import as_httpie

SEPARATORS = (":=@", ":=", "=@", ":@", "==", ":", ";", "=", "@")


def words_of(request: Request) -> list[str]:
    return shlex.split(as_httpie(request).replace("\\\n", ""))


def header_in(word: str) -> tuple[str, str, str]:
    """Name, separator and value, as `httpie.cli.argtypes.KeyValueArgType` takes a word apart."""
    at = 0
    while at < len(word):
        if word[at] == "\\":
            at += 2
            continue
        for separator in SEPARATORS:
            if word.startswith(separator, at):
                value = word[at + len(separator) :]
                if value[:1] == "\\" and value[1:2] in tuple(":;=@"):
                    value = value[1:]
                return word[:at], separator, value
        at += 1
    raise AssertionError(f"no item: {word}")


def test_a_request_is_one_command() -> None:
    headers = {"X-Name": "it's $HOME", "X-Empty": "", "Content-Length": "3"}
    request = Request(method="post", url="http://a/b", query="q=1", headers=headers, body={"a": 1})
    words = words_of(request)
    assert words[:4] == ["http", "--ignore-stdin", '--raw={\n  "a": 1\n}', "POST"]
    assert words[4:] == ["http://a/b?q=1", "X-Name:it's $HOME", "X-Empty;"]


def test_what_is_no_address_of_the_web_becomes_one() -> None:
    for url in (":8000/x", "--print=h", "/etc/passwd", "file:///etc/passwd", ""):
        assert words_of(Request(url=url))[-1].startswith("http://")


@given(st.text(max_size=40).filter(str.isprintable))
def test_no_value_of_a_header_reads_a_file_or_is_json(value: str) -> None:
    for sign in ("@", "=", ":", ";"):
        word = words_of(Request(url="http://a/", headers={"X-A": sign + value}))[4]
        assert header_in(word)[:2] == ("X-A", ":")
