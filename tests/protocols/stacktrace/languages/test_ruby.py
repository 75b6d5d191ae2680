import pytest

from app.protocols.stacktrace import parse, parse_frames
from tests.protocols.stacktrace.reading import calls, only, said, sample

CHAIN = [("Shop::Declined", "order 7 was declined\nask the bank"), ("ShopError", "checkout failed")]


@pytest.mark.parametrize("name", ["chain", "highlight", "bottom", "thread"])
def test_causes_however_ruby_prints_them(name: str) -> None:
    parsed = sample(f"ruby/{name}")

    assert parsed.platform == "ruby"
    assert said(parsed) == CHAIN
    cause, raised = parsed.exceptions
    assert [frame.function for frame in cause.frames][-7:-3] == ["checkout", "pay", "each", "block in pay"]
    assert [frame.function for frame in cause.frames][-3:] == ["open", "block (2 levels) in pay", "charge"]
    assert calls(cause)[-1] == "charge /srv/shop/lib/till.rb:5"
    assert [frame.function for frame in raised.frames][-2:] == ["checkout", "rescue in checkout"]


def test_the_quotes_of_ruby_34() -> None:
    assert calls(only("ruby/ruby34")) == [
        "<main> cart.rb:13",
        "[Kernel|loop <internal:kernel>:187]",
        "[Rack::Builder|call /usr/lib/ruby/gems/3.4.0/gems/rack-3.1.8/lib/rack/builder.rb:12]",
        "Array|each cart.rb:5",
        "Shop::Till.open /srv/shop/lib/till.rb:9",
        "block (2 levels) in Object#pay cart.rb:5",
        "Shop::Till|charge /srv/shop/lib/till.rb:5",
    ]


def test_messages() -> None:
    assert said(sample("ruby/empty")) == [("ShopError", None)]
    assert said(sample("ruby/nomessage")) == [("ShopError", "ShopError")]
    assert said(sample("ruby/json")) == [("JSON::ParserError", "859: unexpected token at '{'")]
    assert said(sample("ruby/stack")) == [("SystemStackError", "stack level too deep")]
    assert said(parse("a.rb:1:in `f': unhandled exception\n")) == [("RuntimeError", None)]
    assert said(parse("a.rb:1:in `f': words alone\n")) == [(None, "words alone")]


def test_the_source_that_the_message_shows_is_context() -> None:
    parsed = sample("ruby/nil")

    (raised,) = parsed.exceptions
    assert said(parsed) == [("NoMethodError", "undefined method `upcase' for nil:NilClass")]
    assert raised.frames[-1].context == ((16, 'when "nil" then nil.upcase'),)


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("bare", "checkout failed", (None, None)),
        ("inspect", "", ("ShopError", "checkout failed")),
        (
            "logger",
            "E, [2026-11-24T06:52:44.784970 #29296] ERROR -- :",
            ("ShopError", "checkout failed"),
        ),
    ],
)
def test_backtraces_that_loggers_write(
    name: str, before: str, expected: tuple[str | None, str | None]
) -> None:
    parsed = sample(f"ruby/{name}")

    assert parsed.before == before
    assert said(parsed) == [expected]
    assert [frame.function for frame in parsed.exceptions[0].frames] == [
        "<main>",
        "checkout",
        "rescue in checkout",
    ]


def test_rails_leaves_a_line_between() -> None:
    parsed = parse(
        "FATAL -- : [7f] \nNoMethodError (undefined method `x' for nil:NilClass):\n  \n"
        "app/controllers/cart_controller.rb:10:in `pay'\n"
    )

    assert parsed.before == "FATAL -- : [7f]"
    assert said(parsed) == [("NoMethodError", "undefined method `x' for nil:NilClass")]


def test_paths() -> None:
    frames = parse_frames(
        "C:/shop/a.rb:3:in `a'\n/srv/my shop/b.rb:4:in `b'\n(eval at x.rb:3):1:in `c'\n"
        "\tfrom d.rb:5:in 'D#d'\n"
    )

    assert [(frame.filename, frame.line) for frame in frames] == [
        ("d.rb", 5),
        ("(eval at x.rb:3)", 1),
        ("/srv/my shop/b.rb", 4),
        ("C:/shop/a.rb", 3),
    ]
