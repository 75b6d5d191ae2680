from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_procedures_and_the_file() -> None:
    parsed = sample("tcl/plain")

    assert (parsed.platform, parsed.before, parsed.unread) == ("tcl", "", 0)
    assert said(parsed) == [(None, "total is negative: -5")]
    assert calls(parsed.exceptions[0]) == ["None shop.tcl:9", "checkout 3", "charge 2"]


def test_in_a_log() -> None:
    parsed = parse('[error] no money\n    while executing\n"pay 7"\n    (procedure "pay" line 2)\n')
    assert (parsed.before, said(parsed)) == ("[error]", [(None, "no money")])


def test_prose_is_no_trace() -> None:
    assert parse("it fell\n    while executing\na turn", "tcl").exceptions == ()
