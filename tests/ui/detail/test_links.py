"""Addresses in what errors say: found, judged, and asked about before they are opened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.detail import links


@pytest.mark.parametrize(
    ("text", "whole", "host"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d", "example.com"),
        ("HTTP://Example.COM", "http://example.com", "example.com"),
        ("https://\u0430pple.com/", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://example.com/\u202egpj.exe", "https://example.com/%E2%80%AEgpj.exe", "example.com"),
        ("https://bank.com@evil.org/x", "https://bank.com@evil.org/x", "evil.org"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "http://[::1]/", "::1"),
    ],
)
def test_what_is_opened_is_ascii_with_its_host(text: str, whole: str, host: str) -> None:
    address = links.read(text)
    assert address is not None
    assert (address.whole, address.host) == (whole, host)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.com",
        "https://",
        "https:///path",
        "https://good.com\\@evil.com/",
        "https://exa mple.com/",
        "https://example.com/" + "a" * links.LONGEST,
        "vscode://file/x",
        "data:text/html,x",
    ],
)
def test_nothing_but_the_web_is_opened(text: str) -> None:
    assert links.read(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("https://bank.com@evil.org/", "not a part"),
        ("https://\u0430pple.com/", "other letters"),
        ("http://localhost:5000/reset", "on this computer"),
        ("http://127.1.2.3/", "on this computer"),
    ],
)
def test_what_is_odd_is_said(text: str, word: str) -> None:
    address = links.read(text)
    assert address is not None
    assert word in " ".join(address.cautions)


def test_an_ordinary_address_has_no_cautions() -> None:
    address = links.read("https://docs.python.org/3/")
    assert address is not None
    assert address.cautions == ()


@pytest.mark.parametrize(
    ("sentence", "address"),
    [
        ("see https://example.com/a.", "https://example.com/a"),
        ("(https://example.com/a)", "https://example.com/a"),
        ("https://example.com/a_(b)!", "https://example.com/a_(b)"),
        ('"https://example.com"', "https://example.com"),
        ("<a href='http://example.com/x'>", "http://example.com/x"),
    ],
)
def test_what_ends_the_sentence_is_no_part_of_the_address(sentence: str, address: str) -> None:
    found = links.IN_TEXT.search(sentence)
    assert found is not None
    assert found[0][: links.end_in_text(found[0])] == address


@given(st.text() | st.text().map(lambda text: "https://" + text))
def test_whatever_is_shown_can_be_read_and_is_of_the_web(text: str) -> None:
    address = links.read(text)
    if address is not None:
        assert address.whole.isascii()
        assert address.whole.isprintable()
        assert address.whole.startswith(("http://", "https://"))
