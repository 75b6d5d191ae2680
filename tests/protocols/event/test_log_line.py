"""The level and the pairs that one line of a log names."""

import pytest

from app.protocols.event import log_line
from tests.growth import QUADRATIC, growth


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("ERROR: no card", "error"),
        ("error: no card", "error"),
        ("Warning - no card", "warning"),
        ("2026-11-23 12:00:00,123 ERROR shop.pay: no card", "error"),
        ("2026-11-23T12:00:00Z  WARN 1 --- [main] c.s.Pay : no card", "warning"),
        ("[2026-11-23 12:00:00] [crit] no card", "fatal"),
        ("12:00:00 <err> no card", "error"),
        ("INFO:shop.pay:started", "info"),
        ("E1123 12:00:00.000000 1 pay.go:3] no card", "error"),
        ("I1123 12:00:00.000000 1 pay.go:3] started", "info"),
        ('time=x level=error msg="no card"', "error"),
        ('{"severity":"WARNING","message":"no card"}', "warning"),
        ("lvl=debug x", "debug"),
        ("\x1b[31merror\x1b[39m: no card", "error"),
        ("[2m12:00:00[22m x", None),
        ("12:00:00 [\x1b[31mERROR\x1b[0m] no card", "error"),
        ('level=none msg="cache warmed" took=3ms', "info"),
        ("ts=1 level=http GET /error 200", "info"),
        ('{"level":"audit","message":"ERROR is a word here"}', "info"),
        ("the water level: high (error)", "error"),
        ("the water level: high", None),
        ("<11>1 2026-11-30T00:00:00Z vm shop - - - no card", "error"),
        ("<14>1 2026-11-30T00:00:00Z vm shop - - - ERROR: none", "info"),
        ("<2>Nov 30 01:35:44 vm shop: no card", "fatal"),
        ("<9> of 10 shops", None),
        ("started\nERROR below", None),
        ("the card had an error", None),
        ("GET /error HTTP/1.1", None),
        ("TypeError: x is null", None),
        ("noERRORs", None),
        ("", None),
    ],
)
def test_levels(line: str, level: str | None) -> None:
    assert log_line.level(line) == level


@pytest.mark.parametrize(
    ("line", "pairs"),
    [
        ('level=error msg="no \\"card\\"" n=5', {"level": "error", "msg": 'no "card"', "n": "5"}),
        ("msg=x a.b=c", {"msg": "x", "a.b": "c"}),
        ('level=error msg="cut', {"level": "error", "msg": "cut"}),
        ("a=b c=d", {}),
        ("level=error", {}),
        ("no pairs at all", {}),
    ],
)
def test_logfmt(line: str, pairs: dict[str, str]) -> None:
    assert log_line.pairs(line) == pairs


@pytest.mark.parametrize("piece", ['a="', "level=", "[", "ERRO", "<err "])
def test_the_cost_of_a_hostile_line_grows_with_its_length(piece: str) -> None:
    def read(size: int) -> None:
        line = piece * (size // len(piece))
        log_line.level(line)
        log_line.pairs(line)

    assert growth(read, 40_000) < QUADRATIC
