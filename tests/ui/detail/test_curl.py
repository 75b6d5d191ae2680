import shlex

from app.model import Request
from ui.detail.curl import as_curl


def words(request: Request) -> list[str]:
    return shlex.split(as_curl(request).replace("\\\n", ""))


def test_a_plain_get_is_just_the_address() -> None:
    assert words(Request(method="GET", url="http://a/b?c=1", query="c=1")) == ["curl", "http://a/b?c=1"]


def test_a_post_has_its_headers_cookies_and_body() -> None:
    request = Request(
        method="post",
        url="http://a/b",
        query="?q=it's",
        headers={"Host": "a", "Content-Length": "9", "X-Name": "it's $HOME"},
        body={"a": 1},
        cookies={"s": "1"},
    )
    got = words(request)
    assert got[:4] == ["curl", "-X", "POST", "http://a/b?q=it's"]
    assert got[4:8] == ["-H", "X-Name: it's $HOME", "-b", "s=1"]
    assert got[8:] == ["--data-raw", '{\n  "a": 1\n}']


def test_a_form_is_sent_as_one() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    request = Request(method="POST", url="http://a/", headers=headers, body={"a": ["1", "2"], "b": "x y"})
    assert words(request)[-1] == "a=1&a=2&b=x+y"
