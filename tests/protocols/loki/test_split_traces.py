"""Stack traces that a collector sent line by line are one event, and other lines stay what they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.delivery import Delivery
from app.protocols.loki.push import LogLine
from app.protocols.loki.split_traces import joined
from tests.protocols.loki.pushes import NS, push

FIRST = int(NS)


def sent(text: str, labels: Any = None) -> Delivery:
    return push(*([str(FIRST + n), line] for n, line in enumerate(text.split("\n"))), labels=labels)


TRACES = {
    "python": """Traceback (most recent call last):
  File "/srv/shop/pay.py", line 3, in pay
    x()
KeyError: 'x'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/shop/pay.py", line 9, in main
    y()
shop.PaymentError: no card""",
    "java": """java.lang.IllegalStateException: no card
\tat com.shop.Pay.go(Pay.java:3)
\tat com.shop.Main.main(Main.java:9)
Caused by: java.io.IOException: gone
\tat com.shop.Till.open(Till.java:1)
\t... 2 more""",
    "javascript": "TypeError: no card\n    at pay (/srv/pay.js:3:4)\n    at main (/srv/pay.js:9:4)",
    "dotnet": """System.InvalidOperationException: no card
 ---> System.IO.IOException: gone
   at Shop.Till.Open() in /srv/shop/Till.cs:line 3
   --- End of inner exception stack trace ---
   at Shop.Pay.Go() in /srv/shop/Pay.cs:line 9""",
    "go": """panic: no card

goroutine 1 [running]:
main.pay(0x1)
\t/srv/shop/pay.go:3 +0x1d
main.main()
\t/srv/shop/main.go:9 +0x1d
exit status 2""",
    "php": """PHP Fatal error:  Uncaught RuntimeException: no card in /srv/shop/pay.php:3
Stack trace:
#0 /srv/shop/main.php(9): pay()
#1 {main}
  thrown in /srv/shop/pay.php on line 3""",
    "ruby": "cart.rb:3:in `pay': no card (PaymentError)\n\tfrom cart.rb:9:in `<main>'",
    "rust": """thread 'main' panicked at src/pay.rs:3:9:
no card
stack backtrace:
   0: shop::pay
             at ./src/pay.rs:3:9
   1: main
note: run with `RUST_BACKTRACE=full` for more""",
    "dart": "Bad state: no card\n#0      pay (package:shop/pay.dart:3:5)\n#1      main (file:///srv/main.dart:9:3)",
}


@pytest.mark.parametrize("language", TRACES)
def test_a_trace_sent_line_by_line_is_one_event(language: str) -> None:
    text = TRACES[language]
    (whole,) = push([NS, text]).events

    delivery = sent(f"GET /health 200\n{text}\nGET /health 200\nGET / 200")

    (event,) = delivery.events
    assert event.exceptions == whole.exceptions
    assert event.exceptions[-1].frames
    assert event.timestamp == whole.timestamp
    assert delivery.others == {"log": 3}


def test_the_line_of_the_logger_above_a_trace_belongs_to_it() -> None:
    delivery = sent(
        "2026-11-23 12:00:00 INFO start\n"
        "2026-11-23 12:00:00 ERROR shop.pay: no card\n"
        "Traceback (most recent call last):\n"
        '  File "/srv/shop/pay.py", line 3, in pay\n'
        "    x()\n"
        "KeyError: 'x'\n"
        "2026-11-23 12:00:01 INFO stop"
    )

    (event,) = delivery.events
    assert (event.title, event.message) == ("KeyError: 'x'", "2026-11-23 12:00:00 ERROR shop.pay: no card")
    assert delivery.others == {"log": 2}


def test_lines_of_other_streams_are_no_part_of_a_trace() -> None:
    lines = [
        LogLine("1", "TypeError: no card", {"app": "shop"}, {}),
        LogLine("2", "    at pay (/srv/pay.js:3:4)", {"app": "till"}, {}),
    ]

    assert list(joined(lines)) == lines


@pytest.mark.parametrize(
    "text", ["ERROR one\nERROR two", "INFO a list:\n  - one\n  - two", "{\n  1\n}", "ERROR one\n    of two"]
)
def test_lines_without_a_trace_stay_apart(text: str) -> None:
    lines = [LogLine(str(n), line, {}, {}) for n, line in enumerate(text.split("\n"))]

    assert list(joined(lines)) == lines


@given(st.lists(st.sampled_from([*TRACES["go"].split("\n"), *TRACES["java"].split("\n"), "", "x"])))
def test_no_line_is_lost(texts: list[str]) -> None:
    lines = [LogLine(str(n), text, {}, {}) for n, text in enumerate(texts)]

    assert "\n".join(line.text for line in joined(lines)) == "\n".join(texts)
