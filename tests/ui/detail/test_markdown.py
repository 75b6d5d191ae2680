from tests.ui.detail.samples import bare_event, make_detail, make_event
from ui.detail.markdown import as_markdown


def test_markdown_has_the_parts_that_help_to_fix_the_error() -> None:
    text = as_markdown(make_detail())
    assert text.startswith("# PaymentError: PaymentError happened\n")
    assert "- Release: shop@2.4.1" in text
    assert "## Caused by: KeyError" in text
    assert "shop/payment.py:42 in charge_card\n    step_42()" in text
    assert "order_id = 4711" in text
    assert "POST http://localhost:5000/checkout?coupon=TEA&coupon=CUP" in text
    assert "query SELECT 19" in text


def test_a_message_cannot_break_out_of_its_block() -> None:
    text = as_markdown(make_detail(bare_event(title="t", message="```\n# not a heading\n````")))
    fence = "`" * 5
    assert f"{fence}\n```\n# not a heading\n````\n{fence}" in text


def test_an_empty_event_has_a_markdown_form() -> None:
    assert as_markdown(make_detail(bare_event())).startswith("# Error\n")
    assert as_markdown(make_detail(make_event(breadcrumbs=(), request=None, exceptions=())))
