from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest.grouping import v1
from app.model import Event, ExceptionInfo, Frame
from tests.protocols import captures

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def event(**fields: Any) -> Event:
    known = {
        "event_id": "0" * 32,
        "project": "shop",
        "protocol": "test",
        "timestamp": NOW,
        "received_at": NOW,
    }
    return Event(**{**known, **fields})


def frame(function: str, module: str | None = "shop.views", **fields: Any) -> Frame:
    return Frame(function=function, module=module, **fields)


def raised(*frames: Frame, kind: str | None = "KeyError", value: str | None = "'x'") -> Event:
    return event(exceptions=(ExceptionInfo(type=kind, value=value, frames=frames),))


def key(of: Event) -> str:
    return v1.key(of)[0]


def same(*events: Event) -> bool:
    return len(set(map(key, events))) == 1


def test_the_key_is_stable() -> None:
    # These keys are in people's databases: when this fails, write v2 instead.
    assert key(raised(frame("pay"))) == "adbb881915576379ba9d786681bb2850"
    assert key(event(message="disk 5 full")) == "571c47d9cf5543507de819752a02b315"
    assert key(event(fingerprint=("a", "{{ default }}"), message="m")) == "06710cf12e3fdb229f5a7feb3190f4d7"


def test_what_an_edit_or_another_machine_changes_does_not_matter() -> None:
    one = frame("pay", None, filename="/home/ann/shop/views.py", abs_path="/home/ann/shop/views.py", line=12)
    two = frame("pay", None, filename="/srv/webshop/views.py", line=57, column=3, vars={"a": "1"})
    first = replace(raised(one, value="order 1"), server_name="web1", user={"id": "1"}, release="1")

    assert same(
        first, replace(raised(two, value="order 2"), server_name="web2", user={"id": "2"}, level="fatal")
    )


@pytest.mark.parametrize(
    "other",
    [
        raised(frame("refund")),
        raised(frame("pay", "shop.admin")),
        raised(frame("pay"), kind="ValueError"),
        raised(frame("main"), frame("pay")),
        event(exceptions=(ExceptionInfo(type="OSError"), *raised(frame("pay")).exceptions)),
    ],
)
def test_what_makes_another_bug(other: Event) -> None:
    assert not same(raised(frame("pay")), other)


def test_only_in_app_frames_count_where_there_are_any() -> None:
    library = frame("dispatch", "flask.app", in_app=False)

    assert same(raised(frame("pay")), raised(library, frame("pay"), library))
    assert not same(raised(library), raised(frame("send", "requests", in_app=False)))
    assert "none is in-app" in v1.key(raised(library))[1].why[1]


def test_the_depth_of_a_recursion_does_not_matter() -> None:
    even, odd = frame("even"), frame("odd")

    assert same(raised(even, odd), raised(*[even, odd] * 40))


def test_the_size_of_an_exception_group_does_not_matter() -> None:
    member = ExceptionInfo(type="ValueError", frames=(frame("pay"),))
    group = ExceptionInfo(type="ExceptionGroup", frames=(frame("main"),))

    assert same(event(exceptions=(member, group)), event(exceptions=(member, member, member, group)))


def test_without_frames_the_value_counts() -> None:
    assert same(raised(value="order 1 failed"), raised(value="order 2 failed"))
    assert not same(raised(value="order 1 failed"), raised(value="cart 1 failed"))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("order 1042 failed", "order 7 failed"),
        ("took 1.5s", "took 12s"),
        ("user 8f14e45f-ceea-467f-a9b8-0123456789ab gone", "user 00000000-ceea-467f-a9b8-0123456789ab gone"),
        ("commit 8f14e45fceea467f", "commit 12345678"),
        ("at 0x7f3a2b", "at 0xdeadbeef"),
        ("no such plan 'basic'", "no such plan 'pro'"),
        ('no such plan "basic"', 'no such plan "pro"'),
        ("mail to ada@example.org", "mail to bob.b+x@mail.example.com"),
        ("GET http://a.test/x?y=1 failed", "GET https://b.test/ failed"),
        ("no answer from 10.0.0.7:5432", "no answer from 192.168.1.1"),
        ("no answer from fe80:0:0:1::5", "no answer from 2001:db8:1:2::1"),
        ("since 2026-11-23T12:05:16.5Z", "since 2025-01-01 10:00"),
        ("at 12:05", "at 9:30:01"),
        ("cannot open /home/ann/x.db", "cannot open /srv/app/y.db"),
        ("cannot open C:\\Users\\ann\\x.db", "cannot open D:\\data\\y.db"),
    ],
)
def test_messages_that_say_the_same(one: str, two: str) -> None:
    assert v1.normalise(one) == v1.normalise(two)
    assert same(event(message=one), event(message=two))


@pytest.mark.parametrize(
    ("one", "two"),
    [("disk full", "disk failing"), ("can't pay", "can't ship"), ("read/write error", "read/only error")],
)
def test_messages_that_say_something_else(one: str, two: str) -> None:
    assert not same(event(message=one), event(message=two))


def test_a_template_counts_before_the_message() -> None:
    entry = {"message": "payment of %s failed", "params": ["ada"]}
    one = event(message="payment of ada failed", extra={"logentry": entry})
    two = event(message="payment of bob failed", extra={"logentry": entry})

    assert same(one, two)
    assert v1.key(one)[1].why == ("message template: payment of %s failed",)


def test_the_clients_fingerprint_decides() -> None:
    assert same(raised(frame("a")), replace(raised(frame("a")), fingerprint=("{{ default }}",)))
    assert same(
        replace(raised(frame("a")), fingerprint=("x",)), replace(raised(frame("b")), fingerprint=("x",))
    )
    expanded = [replace(raised(frame(name)), fingerprint=("{{default}}", "x")) for name in ("a", "b")]
    assert not same(*expanded)
    assert not same(raised(frame("a")), expanded[0])


def test_an_event_that_says_nothing_is_grouped_by_its_place() -> None:
    assert same(event(), event(level="fatal"))
    assert not same(event(culprit="a"), event(culprit="b"))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/srv/a/b.py", "b.py"),
        ("C:\\a\\b.py", "b.py"),
        ("https://x.test/static/app.3f2a1b9c.js?v=2#x", "app.js"),
        ("main-BxK29dQa.js", "main.js"),
        ("checkout-component.js", "checkout-component.js"),
        ("/", "/"),
    ],
)
def test_file_names(path: str, name: str) -> None:
    assert v1.file_name(path) == name


def test_real_events_of_one_bug_are_one_issue() -> None:
    names = ["sentry-python/gzip", "sentry-python/br", "sentry-python/plain", "sentry-python-1.45/attachment"]
    events = [captures.load(name).read().events[0] for name in names]

    assert same(*events)


TEXT = st.none() | st.text(max_size=20)
FRAMES = st.builds(Frame, module=TEXT, filename=TEXT, function=TEXT, in_app=st.booleans())
CHAINS = st.lists(
    st.builds(ExceptionInfo, type=TEXT, value=TEXT, frames=st.lists(FRAMES, max_size=4).map(tuple)),
    max_size=3,
).map(tuple)


@given(CHAINS, TEXT, st.lists(st.text(max_size=9) | st.just("{{ default }}"), max_size=3).map(tuple))
def test_any_event_has_a_key(
    chain: tuple[ExceptionInfo, ...], message: str | None, fingerprint: tuple[str, ...]
) -> None:
    some = event(exceptions=chain, message=message, fingerprint=fingerprint)
    group_key, why = v1.key(some)

    assert len(group_key) == 32
    assert (group_key, why) == v1.key(some)
    assert why.why
