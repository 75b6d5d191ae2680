from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_an_uncaught_exception() -> None:
    parsed = sample("ocaml/uncaught")

    assert (parsed.platform, parsed.before, parsed.unread) == ("ocaml", "", 0)
    assert said(parsed) == [("Shop.Declined", '"order 7", -5')]
    assert calls(parsed.exceptions[0]) == [
        "Shop|None shop.ml:5:21",
        "[Stdlib__List|map list.ml:92:33]",
        "[Stdlib__List|map list.ml:92:21]",
        "Shop|checkout.(fun) shop.ml:4:48",
        "Shop|refuse shop.ml:2:26",
    ]


def test_raised_again() -> None:
    assert said(sample("ocaml/reraised")) == [("Failure", "boom")]
    assert calls(only("ocaml/reraised"))[1] == "Fw|g fw.ml:2:74"


def test_in_a_log() -> None:
    parsed = parse('[error] Not_found\nCalled from Shop.pay in file "shop.ml", line 4, characters 2-5\n')
    assert (parsed.before, said(parsed)) == ("[error]", [("Not_found", None)])
    assert calls(parsed.exceptions[0]) == ["Shop|pay shop.ml:4:3"]


def test_prose_is_no_trace() -> None:
    assert parse('It stands in file "a", line 4, as I said', "ocaml").exceptions == ()
