from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_a_process_that_ended() -> None:
    parsed = sample("erlang/spawn")

    assert (parsed.platform, parsed.before, parsed.unread) == ("erlang", "", 0)
    assert said(parsed) == [("badarith", None)]
    assert calls(parsed.exceptions[0]) == ["till|charge/2 till.erl:4", "[erlang|+/2 ]"]


def test_a_reason_may_have_parts() -> None:
    assert said(sample("erlang/plain")) == [("negative", "{negative,-1}")]
    parsed = parse(
        "Error in process <0.79.0> with exit value:\n"
        '{{badmatch,{error,no}},[{till,pay,[a,1],[{file,"till.erl"},{line,4}]}]}'
    )
    assert said(parsed) == [("badmatch", "{badmatch,{error,no}}")]
    assert calls(parsed.exceptions[0]) == ["till|pay/2 till.erl:4"]


def test_a_server_shows_its_clients_stack_too() -> None:
    parsed = sample("erlang/gen")
    assert [call for call in calls(parsed.exceptions[0]) if not call.startswith("[")] == [
        "till|charge/2 till.erl:4"
    ]
    assert "do_call/4" not in str(calls(parsed.exceptions[0]))
    assert parsed.unread


def test_elixirs_terms() -> None:
    parsed = sample("elixir/terms")
    assert (parsed.platform, said(parsed)) == ("elixir", [("badarith", None)])
    assert calls(parsed.exceptions[0]) == [
        "[Enum|Enum.map/2 lib/enum.ex:1300]",
        "Shop.Till|Shop.Till.charge/2 lib/shop/till.ex:6",
    ]


def test_a_line_between_is_skipped() -> None:
    lines = (
        "Error in process <0.79.0> with exit value:",
        '{badarith,[{till,charge,2,[{file,"till.erl"},{line,4}]},',
        "progress 50 percent",
        '           {till,pay,1,[{file,"till.erl"},{line,9}]}]}',
    )
    parsed = parse("\n".join(lines))
    assert calls(parsed.exceptions[0]) == ["till|pay/1 till.erl:9", "till|charge/2 till.erl:4"]
    assert parsed.unread == 1
    assert only("erlang/spawn").frames


def test_other_terms_are_no_stack() -> None:
    assert parse('{config,[{file,"a.erl"},{line,4}]}', "erlang").exceptions == ()
