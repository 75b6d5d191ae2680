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


@pytest.mark.parametrize(
    "text", ["", "at", "at home", "timeout", "file:ledger.py", "12:30:05", "user@example.com", "ledger.py:19"]
)
def test_other_texts_are_no_lines_of_a_stack_trace(text: str) -> None:
    assert stack_lines.parse(text) is None
