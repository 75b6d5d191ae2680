import socket
import time
from collections.abc import Iterator
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import dev_server
from app.source.dev_server import DevServers, NotFetched
from tests.source.dev_site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def test_a_script_is_fetched_and_remembered(site: Site) -> None:
    site.pages["/a.js?v=1"] = (200, {"SourceMap": "/maps/a.js.map"}, b"x()")
    servers = DevServers()
    for _ in range(3):
        fetched = servers.get(site.url("/a.js?v=1"))
        assert (fetched.body, fetched.map_header) == (b"x()", "/maps/a.js.map")
    assert len(site.asked) == 1


def test_later_it_is_asked_whether_it_is_still_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_server, "_FRESH_SECONDS", 0.0)
    site.pages["/a.js"] = (200, {"ETag": '"1"'}, b"x()")
    servers = DevServers()
    assert servers.get(site.url("/a.js")).body == b"x()"
    assert servers.get(site.url("/a.js")).body == b"x()"
    assert [etag for _, etag in site.asked] == [None, '"1"']
    site.pages["/a.js"] = (200, {"ETag": '"2"'}, b"y()")
    assert servers.get(site.url("/a.js")).body == b"y()"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://shop.example/a.js", "shop.example is not this machine"),
        ("http://192.168.0.7/a.js", "is not this machine"),
        ("http://localhost.shop.example/a.js", "is not this machine"),
        ("http://localhost@shop.example/a.js", "is not this machine"),
        ("http://shop.example@localhost/a.js", "is not this machine"),
        ("http://0x7f000001/a.js", "is not this machine"),
        ("file:///etc/passwd.js", "none of a server"),
        ("ftp://localhost/a.js", "none of a server"),
        ("http://localhost/shutdown", "none of a script"),
        ("http://localhost/delete?file=a.js", "none of a script"),
        ("http://localhost:99999/a.js", "address is none"),
        ("http://localhost/a\r\nHost: x.js", "address is none"),
        ("http://[::1/a.js", "address is none"),
    ],
)
def test_nothing_but_scripts_of_this_machine_are_asked_for(url: str, why: str) -> None:
    with pytest.raises(NotFetched, match=why):
        DevServers().get(url)


def test_a_redirect_is_followed_on_this_machine_only(site: Site) -> None:
    site.pages["/a.js"] = (302, {"Location": "/b.js"}, b"")
    site.pages["/b.js"] = (200, {}, b"x()")
    site.pages["/away.js"] = (302, {"Location": "http://shop.example/b.js"}, b"")
    site.pages["/out.js"] = (307, {"Location": "file:///etc/passwd.js"}, b"")
    site.pages["/round.js"] = (301, {"Location": "/round.js"}, b"")
    servers = DevServers()
    assert servers.get(site.url("/a.js")).url == site.url("/b.js")
    with pytest.raises(NotFetched, match=r"shop\.example is not this machine"):
        servers.get(site.url("/away.js"))
    with pytest.raises(NotFetched, match="none of a server"):
        servers.get(site.url("/out.js"))
    with pytest.raises(NotFetched, match="again and again"):
        servers.get(site.url("/round.js"))


def test_what_fails_says_why_and_is_not_asked_for_again_at_once(site: Site) -> None:
    servers = DevServers()
    for _ in range(2):
        with pytest.raises(NotFetched, match=r"answers 404 to /none\.js"):
            servers.get(site.url("/none.js"))
    assert len(site.asked) == 1


def test_what_is_too_large_is_not_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev_server, "LARGEST", 1_000)
    site.pages["/a.js"] = (200, {}, b"x" * 2_000)
    with pytest.raises(NotFetched, match="larger than"):
        DevServers().get(site.url("/a.js"))


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx"]
)
def test_a_server_that_does_not_go_on_is_left(begun: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken: list[socket.socket] = []

        def accept() -> None:
            connection, _ = listening.accept()
            connection.sendall(begun)
            taken.append(connection)

        thread = Thread(target=accept)
        thread.start()
        with pytest.raises(NotFetched):
            DevServers(seconds=0.2).get(f"http://127.0.0.1:{listening.getsockname()[1]}/a.js")
        thread.join()
        taken[0].close()


def test_a_server_that_does_not_answer_is_not_asked_for_each_of_its_scripts(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    servers = DevServers()
    for name in ("a.js", "b.js"):
        with pytest.raises(NotFetched, match="does not answer"):
            servers.get(f"http://localhost:{port}/{name}")
    assert list(servers._silent) == [f"localhost:{port}"]
    site.pages["/a.js"] = (200, {}, b"x()")
    servers._silent[f"localhost:{site.port}"] = (time.monotonic(), NotFetched("it was silent"))
    with pytest.raises(NotFetched, match="it was silent"):
        servers.get(site.url("/a.js"))
    monkeypatch.setattr(dev_server, "_FRESH_SECONDS", 0.0)
    assert servers.get(site.url("/a.js")).body == b"x()"


@given(st.text(max_size=60))
def test_whatever_the_address_only_loopback_passes(text: str) -> None:
    for url in (text, f"http://{text}/a.js", f"http://localhost/{text}.js", f"http://localhost{text}/a.js"):
        try:
            parts = dev_server.check(url)
        except NotFetched:
            continue
        assert parts.hostname in ("localhost", "127.0.0.1", "::1")
