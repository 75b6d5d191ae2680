import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.stacktrace import parse
from app.protocols.stacktrace.languages import ruby
from tests.protocols.stacktrace.reading import SAMPLES, calls, only, said, sample, text_of

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
    frames = parse(
        "C:/shop/a.rb:3:in `a'\n/srv/my shop/b.rb:4:in `b'\n(eval at x.rb:3):1:in `c'\n"
        "\tfrom d.rb:5:in 'D#d'\n"
    ).frames

    assert [(frame.filename, frame.line) for frame in frames] == [
        ("d.rb", 5),
        ("(eval at x.rb:3)", 1),
        ("/srv/my shop/b.rb", 4),
        ("C:/shop/a.rb", 3),
    ]


PRISE = "undefined method `prise' for #<Cart:0x00007f7da6307e08>\nDid you mean?  price\n               raise"


@pytest.mark.parametrize("name", ["plain", "full", "bottom"])
def test_what_ruby_31_prints(name: str) -> None:
    parsed = sample(f"ruby/real_{name}")

    assert (parsed.before, parsed.unread) == ("", 0)
    cause, raised = parsed.exceptions
    assert (raised.type, raised.value) == ("ArgumentError", "checkout failed\nask the bank")
    assert [frame.function for frame in raised.frames][1:] == ["go", "pay", "rescue in pay"]
    assert cause.type == "NoMethodError"
    assert cause.value is not None
    assert cause.value.endswith("\nDid you mean?  price\n               raise")
    assert cause.frames[-1].context == ((4, "[1].each { |n| prise(n) }"),)
    assert [frame.function for frame in cause.frames][2:] == ["pay", "each", "block in pay"]


def test_a_logger_writes_the_class_behind_a_message_of_several_lines() -> None:
    parsed = sample("ruby/real_logger")

    assert parsed.before == "E, [2026-11-30T20:50:56.810922 #17774] ERROR -- :"
    assert said(parsed) == [("ArgumentError", "checkout failed\nask the bank")]
    assert len(parsed.exceptions[0].frames) == 4
    detailed = only("ruby/real_logger_detail")
    assert (detailed.type, len(detailed.frames)) == ("NoMethodError", 5)
    assert detailed.frames[-1].context == ((4, "[1].each { |n| prise(n) }"),)
    both = parse(f"{text_of('ruby/real_logger')}{text_of('ruby/real_logger_detail')}")
    assert (both.exceptions, both.unread) == (parsed.exceptions, 10)


def test_a_detailed_message_above_a_backtrace() -> None:
    raised = only("ruby/real_detail")

    assert raised.type == "NoMethodError"
    assert raised.value is not None
    assert raised.value.startswith("undefined method `prise' for #<Cart:")
    assert raised.frames[-1].context == ((4, "[1].each { |n| prise(n) }"),)


def test_rails_names_gems_before_paths() -> None:
    parsed = sample("ruby/rails")

    assert (parsed.before, parsed.unread) == ("", 0)
    assert said(parsed) == [("ActionController::RoutingError", 'No route matches [GET] "/basket"')]
    assert calls(parsed.exceptions[0]) == [
        "[handle_request gems/puma-6.5.0/lib/puma/server.rb:472]",
        "Basket|call app/middleware/basket.rb:7",
        "[call gems/actionpack-8.0.1/lib/action_dispatch/middleware/debug_exceptions.rb:31]",
    ]


def test_rails_log_has_the_causes_and_the_templates_source() -> None:
    parsed = sample("ruby/rails_causes")

    assert parsed.unread == 0
    assert said(parsed) == [
        ("NoMethodError", "undefined method `total' for nil"),
        ("ActionView::Template::Error", "undefined method `total' for nil"),
    ]
    for raised in parsed.exceptions:
        assert len(raised.frames) == 2
        assert raised.frames[-1].context == ((1, "<h1>Cart</h1>"), (2, "<%= @cart.total %>"))


def test_a_message_of_several_lines_in_rails_log() -> None:
    raised = only("ruby/rails_detail")

    assert raised.value == "undefined method `prise' for an instance of Cart\nDid you mean?  price"
    assert raised.frames[-1].context == ((9, "cart.prise(3)"),)


def test_jruby_writes_the_function_first() -> None:
    raised = only("ruby/jruby")

    assert (raised.type, raised.value) == ("NoMethodError", "undefined method `foo' for nil:NilClass")
    assert calls(raised) == [
        "(root) test.rb:7",
        "block in pay /srv/shop/pay.rb:5",
        "[require uri:classloader:/META-INF/jruby.home/lib/ruby/stdlib/rubygems.rb:55]",
        "[require org/jruby/RubyKernel.java:974]",
        "foo test.rb:3",
    ]


def test_truffleruby() -> None:
    raised = only("ruby/truffle")

    assert (raised.type, raised.value) == ("RuntimeError", None)
    assert calls(raised)[1] == "[Integer|times <internal:core> core/integer.rb:157]"


def test_before_ruby_19_the_top_level_had_no_function() -> None:
    raised = only("ruby/old")

    assert (raised.type, raised.value) == ("RuntimeError", "no card")
    assert calls(raised) == ["None a.rb:12", "pay ./b.rb:9", "None a.rb:5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "/app/a.scss:139:in `animation'\n/app/a.scss:139\n/app/b.rb:3:in `visit'",
            ["visit", None, "animation"],
        ),
        ("/app/a.scss:139\n/app/b.rb:3:in `visit'", ["visit", None]),
        ("/app/exe/rspec:3:in `': it broke (RuntimeError)", [None]),
        (
            "     # ./lib/cart.rb:5:in `pay'\n     # ./x_spec.rb:3:in `block in <main>'",
            ["block in <main>", "pay"],
        ),
        ("(irb):3:in `pay'\n<internal:kernel>:187:in `loop'\n-e:1:in `<main>'", ["<main>", "loop", "pay"]),
        (
            'ORA-06512: at "A.B", line 19\nORA-06512: at line 2\nfrom s.c:3:in oci8.bundle',
            ["oci8.bundle", None, "A.B"],
        ),
        ("a ((execjs):6:9)\n(execjs):7:8\n/srv/benchmark.rb:3:in `realtime'", ["realtime", None, "a"]),
        ("/srv/config.ru:in `new'", ["new"]),
        (
            "org.jruby.Main.run(Main.java:2)\norg.jruby.X.call(X.gen)",
            ["org.jruby.X.call", "org.jruby.Main.run"],
        ),
        ("a.rb:1:in `f'\nwhat is this\nb.rb:2:in `g'", ["g", "f"]),
    ],
)
def test_lines_without_a_function_and_unknown_lines_end_nothing(
    text: str, expected: list[str | None]
) -> None:
    assert [frame.function for frame in parse(text).frames] == expected


def test_unknown_lines_count_wherever_they_are() -> None:
    printed = (
        "a.rb:1:in `f': no (E)\n\tfrom b.rb:2:in `g'\nodd\n\tfrom c.rb:3:in `h'\nc.rb:1:in `i': x (F)\nodd\n"
    )
    parsed = parse(printed)

    assert said(parsed) == [("F", "x\nodd"), ("E", "no")]
    assert [frame.function for frame in parsed.exceptions[1].frames] == ["h", "g", "f"]
    assert parsed.unread == 1


def test_two_records_of_a_log_do_not_flow_together() -> None:
    parsed = parse("one (ShopError)\na.rb:1:in `f'\nE, [x #1] ERROR -- : two (ShopError)\nb.rb:2:in `g'\n")

    assert said(parsed) == [("ShopError", "one")]
    assert [frame.function for frame in parsed.exceptions[0].frames] == ["f"]
    assert parsed.unread == 2


@pytest.mark.parametrize(
    "text", ["it is from here:3", "at 10:30\n", "Payment Error (see there) at 5", "a.rb:5"]
)
def test_what_is_no_backtrace(text: str) -> None:
    assert parse(text).exceptions == ()


LINES = sorted(
    {line for file in (SAMPLES / "ruby").glob("*.txt") for line in file.read_text("utf-8").split("\n")}
)


@given(st.lists(st.sampled_from(LINES) | st.tuples(*[st.sampled_from(LINES)] * 2).map("".join), max_size=15))
def test_lines_in_any_order_raise_nothing_and_stay_within_the_text(lines: list[str]) -> None:
    found = ruby.find(lines)

    if found is not None:
        assert found.exceptions
        assert found.column <= len(lines[found.line])
        assert found.unread <= len(lines) - found.line
