"""Lines of stack traces, pasted as a search."""

import pytest

from app.query import stack_lines
from app.query.syntax import terms


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ('  File "shop/ledger.py", line 19, in charge', ["shop/ledger.py", "charge"]),
        ('File "x.py", line 3', ["x.py"]),
        ("shop/ledger.py:19 in charge", ["shop/ledger.py", "charge"]),
        ("/srv/shop/ledger.py:19", ["/srv/shop/ledger.py"]),
        ("C:\\shop\\Cart.cs:19:7:", ["C:\\shop\\Cart.cs"]),
        ("at async Cart.pay (http://shop/app.js:10:15)", ["http://shop/app.js", "Cart.pay"]),
        ("at http://shop/app.js:10:15", ["http://shop/app.js"]),
        ("pay@http://shop/app.js:10:15", ["http://shop/app.js", "pay"]),
        ("at com.shop.Cart.pay(Cart.java:31)", ["Cart.java", "pay"]),
        ("at Shop.Cart.Pay(Int32 id) in C:\\shop\\Cart.cs:line 7", ["C:\\shop\\Cart.cs", "Pay"]),
        ("from app/cart.rb:12:in `block in pay'", ["app/cart.rb", "pay"]),
        ("#3 /srv/shop/Cart.php(12): pay(Object(Card))", ["/srv/shop/Cart.php", "pay"]),
    ],
)
def test_a_call_is_found_by_its_file_and_its_function(line: str, values: list[str]) -> None:
    assert [term.value for term in terms(stack_lines.parse(line))] == values
    for term in terms(stack_lines.parse(line)):
        assert line.strip()[term.start : term.end] == term.value


PYTHON = """Traceback (most recent call last):
  File "shop/wsgi.py", line 4, in app
    return view(request)
  File "shop/ledger.py", line 19, in charge
    return rates[currency]
           ~~~~~^^^^^^^^^^
KeyError: 'EUR'
"""
JAVASCRIPT = """Uncaught TypeError: Cannot read properties of undefined (reading 'total')
    at Cart.pay (http://shop/app.js:10:15)
    at http://shop/main.js:1:1
"""
JAVA = """Exception in thread "main" com.shop.PaymentError: declined
\tat com.shop.Cart.pay(Cart.java:31)
\tat com.shop.Main.main(Main.java:7)
"""


@pytest.mark.parametrize(
    ("trace", "values"),
    [
        (PYTHON, ["shop/ledger.py", "charge", "KeyError"]),
        (JAVASCRIPT, ["http://shop/app.js", "Cart.pay", "TypeError"]),
        (JAVA, ["Cart.java", "pay", "com.shop.PaymentError"]),
        ("order 7 failed\nin the second try", []),
    ],
)
def test_a_whole_trace_is_found_by_the_call_that_failed_and_its_error(trace: str, values: list[str]) -> None:
    assert [term.value for term in terms(stack_lines.parse(trace))] == values


@pytest.mark.parametrize(
    "text", ["", "at", "at home", "timeout", "file:ledger.py", "12:30:05", "user@example.com", "ledger.py:19"]
)
def test_other_texts_are_no_lines_of_a_stack_trace(text: str) -> None:
    assert stack_lines.parse(text) is None
