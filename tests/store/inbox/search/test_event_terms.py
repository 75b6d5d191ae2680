"""What is found by each field of a search, and what is pasted from the window."""

import pytest

from app.model import ExceptionInfo, Frame, Request, UserAgent
from app.query.syntax import Term
from app.store.inbox.lists import events
from app.store.inbox.search import event_terms
from tests.factories import Store, make_event


@pytest.fixture
def filled(store: Store) -> Store:
    """An event with everything, and one with little."""
    frames = (
        Frame(filename="C:\\app\\shop.exe", function="main", module="shop", line=4, in_app=False),
        Frame(filename="shop/ledger.py", function="std::sort", module="shop.ledger", line=19),
    )
    error = ExceptionInfo(
        type="ActiveRecord::RecordNotFound",
        value="Couldn't find Cart at localhost:3000, 12:30:05",
        mechanism={"handled": False},
        frames=frames,
    )
    store.file(
        make_event(
            title="ActiveRecord::RecordNotFound: Couldn't find Cart at localhost:3000, 12:30:05",
            culprit="shop.ledger in charge",
            message="std::runtime_error for user@example.com, KeyError: 'customer'",
            exceptions=(error,),
            release="shop@1.2.3+45",
            environment="production",
            user={"email": "ada@example.com"},
            tags={"region": "eu west", "my.key": "v_1"},
            user_agent=UserAgent(raw="x", browser="Firefox 128", os="Linux", device="Pixel 7"),
            request=Request(url="https://shop.example/pay?cart=7&step=2"),
        )
    )
    store.file(make_event(title="Other: thing", culprit=None, exceptions=()))
    return store


@pytest.mark.parametrize(
    "text",
    [
        "std::runtime_error",
        "ActiveRecord::RecordNotFound: Couldn't find Cart",
        "C:\\app\\shop.exe",
        "localhost:3000",
        "12:30:05",
        "user@example.com",
        "KeyError: 'customer'",
        "https://shop.example/pay?cart=7&step=2",
        "shop/ledger.py:19",
        "shop/ledger.py:19:7",
        'File "shop/ledger.py", line 3, in sort',
        "ledger.py:20 in std::sort",
        "region:eu",
        "type:RecordNotFound",
        "type:ActiveRecord",
        "type:ActiveRecord::Rec",
        "type:=activerecord::recordnotfound",
        "type:*Found",
        "type:Active*Found",
        "file:*edge*",
        "file:shop/ledger.py",
        "file:=shop/ledger.py",
        "function:charge",
        "function:std::sort",
        "module:shop.led",
        "url:shop.example",
        "message:runtime_error",
        "release:1.2.3",
        "release:shop@1.2",
        "release:=1.2.3+45",
        "release:*2.3*",
        "env:prod",
        "user:ada",
        "user:*@example.com",
        "browser:firefox",
        "os:linux",
        "device:pixel",
        "tag.region:eu",
        "tag.region:=eu west".replace(" ", "*"),
        'tag.region:"eu w"',
        "tag.my.key:v_1",
        "handled:no",
        "-handled:yes has:url",
        "has:file has:release has:tag.region",
        "level:error has:user",
        "*edger*",
        "runtime*",
        "-type:Other has:type",
    ],
)
def test_the_event_is_found(text: str, filled: Store) -> None:
    assert [event.pk for event in filled.read(events.summaries, text=text)] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "type:=RecordNotFound",
        "type:Found",
        "file:=ledger.py",
        "release:1.2.4",
        "release:=1.2.3",
        "release:2.3",
        "env:roduction",
        "tag.region:west",
        "tag.key:v_1",
        "handled:yes",
        "level:fatal",
        "level:>error",
        "has:nothing",
        "-has:type has:file",
    ],
)
def test_it_is_not_found_by_less(text: str, filled: Store) -> None:
    assert 1 not in [event.pk for event in filled.read(events.summaries, text=text)]


@pytest.mark.parametrize("text", ["", "---", "type:", "*", "--- or ''"])
def test_what_says_nothing_finds_everything(text: str, filled: Store) -> None:
    assert len(filled.read(events.summaries, text=text)) == 2


def test_a_sign_and_a_value_to_be_typed_say_nothing() -> None:
    for key, value in (("", "..."), ("env", ""), ("", "*"), ("message", "--")):
        assert event_terms.match(Term(key=key, value=value, is_quoted=value == "*")) is None
