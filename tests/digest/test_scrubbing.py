"""Secrets are hidden wherever an event shows them, and nothing else is."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest import grouping, scrubbing
from app.digest.scrubbing import FILTERED
from app.model import Breadcrumb, ExceptionInfo, Frame, Request, Thread
from app.secrets_in_text import hide
from tests.factories import make_event


@pytest.mark.parametrize(
    "name",
    "password PASSWORD user_passwd DB-Password secret AWS_SECRET_ACCESS_KEY apiKey api_key X-Api-Key token "
    "access_token csrftoken Authorization Proxy-Authorization Cookie Set-Cookie sessionid PHPSESSID "
    "private_key credit_card django.SECRET_KEY".split(),
)
def test_names_that_give_a_secret_away(name: str) -> None:
    assert scrubbing.is_secret(name)


@pytest.mark.parametrize(
    "name", "user passenger tokens_used tokenizer author key keyboard monkey compass session_count".split()
)
def test_names_that_do_not(name: str) -> None:
    assert not scrubbing.is_secret(name)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("postgres://app:hunter2@db/shop", f"postgres://app:{FILTERED}@db/shop"),
        ("/login?token=abcdef&next=/", f"/login?token={FILTERED}&next=/"),
        ("{'password': 'hunter2', 'n': 1}", f"{{'password': '{FILTERED}', 'n': 1}}"),
        ('{"api_key": "0123456789"}', f'{{"api_key": "{FILTERED}"}}'),
        ("Authorization: Bearer abc.def.ghi", f"Authorization: Bearer {FILTERED}"),
        ("http://localhost:1974/1", "http://localhost:1974/1"),
        ("mail ada@example.org", "mail ada@example.org"),
        ("the password was wrong", "the password was wrong"),
        ("3 tokens used", "3 tokens used"),
    ],
)
def test_texts(said: str, shown: str) -> None:
    assert hide(said) == shown


def test_every_part_of_an_event() -> None:
    secrets: dict[str, Any] = {"password": "hunter2", "n": 1, "deep": [{"api_key": "hunter2"}]}
    frame = Frame(function="f", vars=secrets, context=((1, "password = read()"),))
    event = make_event(
        exceptions=(ExceptionInfo(type="E", value="v", frames=(frame,)),),
        threads=(Thread(frames=(frame,)),),
        breadcrumbs=(Breadcrumb(message="token=hunter2", data=secrets),),
        request=Request(
            url="http://x/?token=hunter2",
            query="secret=hunter2",
            headers={"Authorization": "Bearer hunter2", "Cookie": "a=hunter2; b=hunter2", "Accept": "*/*"},
            cookies={"a": "hunter2"},
            env=secrets,
            body={"login": secrets},
        ),
        contexts={"login": secrets},
        extra=secrets,
        tags={"api_key": "hunter2", "shop": "1"},
        user={"id": "7", "password": "hunter2"},
    )
    scrubbed = scrubbing.scrub(event)

    assert b"hunter2" not in msgspec.json.encode(scrubbed)
    assert scrubbed.request is not None
    assert scrubbed.request.headers == {
        "Authorization": f"Bearer {FILTERED}",
        "Cookie": f"a={FILTERED}; b={FILTERED}",
        "Accept": "*/*",
    }
    assert scrubbed.extra == {"password": FILTERED, "n": 1, "deep": [{"api_key": FILTERED}]}
    assert scrubbed.tags == {"api_key": FILTERED, "shop": "1"}
    assert scrubbed.user == {"id": "7", "password": FILTERED}
    assert scrubbed.exceptions[0].frames[0].context == frame.context


def test_what_says_nothing_stays() -> None:
    values: dict[str, Any] = {
        "password": None,
        "token": "",
        "secret": True,
        "session": {"cart": 3},
        "credentials": [],
    }
    assert scrubbing.scrub(make_event(extra=values)).extra == values | {"credentials": FILTERED}


@given(
    st.recursive(
        st.none() | st.text(max_size=20) | st.integers() | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=10,
    )
)
def test_anything_can_be_scrubbed(value: object) -> None:
    event = scrubbing.scrub(make_event(extra={"value": value}))
    assert set(event.extra) == {"value"}


def test_the_text_that_an_event_is_filed_and_grouped_by() -> None:
    words = "cannot reach postgres://app:hunter2@db/shop, password=hunter2"
    event = make_event(
        type_=words,
        value=words,
        message=words,
        culprit=words,
        transaction=words,
        logger=words,
        release=words,
        environment=words,
        server_name=words,
        title=words,
        tags={"dsn": words},
        problems=(words,),
        request=Request(url=words),
    )
    outlined = scrubbing.outline(event)
    assert b"hunter2" not in msgspec.json.encode(replace(outlined, problems=()))
    assert b"hunter2" not in msgspec.json.encode(scrubbing.scrub(event))
    other = make_event(type_="E", value="password=another", exceptions=(), message="password=another")
    same = make_event(type_="E", value="password=hunter2", exceptions=(), message="password=hunter2")
    assert grouping.key(scrubbing.outline(other)) == grouping.key(scrubbing.outline(same))


def test_code_in_source_lines_is_left() -> None:
    source = (
        (1, "password = read()"),
        (2, "password = 'hunter2'"),
        (3, "connect('postgres://a:hunter2@db')"),
    )
    event = make_event(exceptions=(ExceptionInfo(frames=(Frame(context=source),)),))
    shown = scrubbing.scrub(event).exceptions[0].frames[0].context
    assert [line for _, line in shown] == [
        "password = read()", f"password = '{FILTERED}'", f"connect('postgres://a:{FILTERED}@db')",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("POST /x/password%3Dhunter2 HTTP/1.1", "POST /x/password=[Filtered] HTTP/1.1"),
        ("POST /x?token=hunter2hunter2 HTTP/1.1", "POST /x?token=[Filtered] HTTP/1.1"),
        ("POST /a%20b HTTP/1.1", "POST /a%20b HTTP/1.1"),
    ],
)
def test_the_address_of_a_refused_request_is_shown_without_its_secrets(line: str, shown: str) -> None:
    assert scrubbing.head(f"{line}\r\nhost: localhost") == f"{shown}\nhost: localhost"
