"""The forms themselves; that they are read again as the same is tested with all printers."""

from app.model import ExceptionInfo, Frame
from app.source import dynamic_traces, trace_text

NEGATIVE = "total is negative"


def test_elixir() -> None:
    frames = (
        Frame(filename="lib/enum.ex", function="Enum.map/2", module="Enum", line=9),
        Frame(filename="lib/till.ex", function="charge/2", module="Shop.Till", line=6),
    )
    raised = ExceptionInfo(type="ArgumentError", value=NEGATIVE, frames=frames)
    outer = ExceptionInfo(type="exit", value="exited in: call", frames=(Frame(function="f/1"),))

    assert [*dynamic_traces.elixir((raised, outer))] == [
        "** (exit) exited in: call",
        "    ** (ArgumentError) total is negative",
        "        lib/till.ex:6: Shop.Till.charge/2",
        "        lib/enum.ex:9: Enum.map/2",
        "    f/1",
    ]


def test_perl() -> None:
    frames = (Frame(filename="shop.pl", line=9), Frame(filename="Till.pm", function="Till::pay", line=4))
    raised = ExceptionInfo(type="Declined", value="no card", frames=frames)

    assert [*dynamic_traces.perl((raised,))] == [
        "Declined: no card at Till.pm line 4.",
        "\tTill::pay() called at shop.pl line 9",
    ]


def test_lua() -> None:
    frames = (
        Frame(filename="shop.lua", function="main chunk", line=7),
        Frame(filename="till.lua", function="charge", line=2),
        Frame(filename="[C]", function="error"),
    )
    assert trace_text.of_exceptions((ExceptionInfo(value=NEGATIVE, frames=frames),), "lua").split("\n") == [
        "lua: till.lua:2: total is negative",
        "stack traceback:",
        "\t[C]: in function 'error'",
        "\ttill.lua:2: in function 'charge'",
        "\tshop.lua:7: in main chunk",
    ]
