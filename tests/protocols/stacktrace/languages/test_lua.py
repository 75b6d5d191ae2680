import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


@pytest.mark.parametrize(
    ("name", "charge"), [("lua54", "till.charge"), ("lua51", "charge"), ("luajit", "charge")]
)
def test_every_interpreter(name: str, charge: str) -> None:
    parsed = sample(f"lua/{name}")

    assert (parsed.platform, parsed.before, parsed.unread) == ("lua", "", 0)
    assert said(parsed) == [(None, "total is negative: -5\nask the bank")]
    assert calls(parsed.exceptions[0]) == [
        "[None [C]]",
        "main chunk shop.lua:7",
        "checkout shop.lua:4",
        f"{charge} ./till.lua:4",
        "refuse ./till.lua:2",
        "[error [C]]",
    ]


def test_calls_that_were_left_out_are_known() -> None:
    parsed = sample("lua/deep")
    assert len(parsed.exceptions[0].frames) == 21
    assert parsed.unread == 0


def test_openresty_writes_its_log_line_around_it() -> None:
    parsed = sample("lua/openresty")
    assert parsed.before.endswith("runtime error:")
    assert said(parsed) == [(None, "attempt to index local 'order' (a nil value)")]
    assert calls(parsed.exceptions[0]) == [
        "main chunk content_by_lua(nginx.conf:31):3",
        "[dispatch /usr/local/share/lua/5.1/resty/router.lua:40]",
        "charge /srv/shop/till.lua:12",
    ]


def test_love_has_a_mark_of_its_own() -> None:
    assert said(sample("lua/love")) == [
        (None, "attempt to perform arithmetic on global 'total' (a nil value)")
    ]
    assert [call for call in calls(only("lua/love")) if not call.startswith("[")] == [
        "update main.lua:9",
        "charge main.lua:3",
    ]


def test_calls_alone_and_a_mark_behind_the_message() -> None:
    bare = parse("\ttill.lua:2: in function 'charge'\n\tshop.lua:7: in main chunk\n")
    assert calls(bare.exceptions[0]) == ["main chunk shop.lua:7", "charge till.lua:2"]
    inline = parse("till.lua:2: no money stack traceback:\n\ttill.lua:2: in function 'charge'\n")
    assert said(inline) == [(None, "no money")]


@pytest.mark.parametrize("text", ["stack traceback:\nis a mark of Lua", "notes: in main chunk of the book\n"])
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text, "lua").exceptions == ()
