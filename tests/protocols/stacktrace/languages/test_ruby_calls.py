import pytest

from app.protocols.stacktrace.languages import ruby_calls


@pytest.mark.parametrize(
    ("line", "path", "number", "label"),
    [
        ("C:/shop/a.rb:3:in `a'", "C:/shop/a.rb", "3", "a"),
        ("from jar:file:/srv/app.jar!/a.rb:3:in `a'", "jar:file:/srv/app.jar!/a.rb", "3", "a"),
        ("\tfrom <internal:core> core/pre.rb:7:in 'I#times'", "<internal:core> core/pre.rb", "7", "I#times"),
        ("puma (6.5.0) lib/puma/server.rb:472:in `run'", "lib/puma/server.rb", "472", "run"),
        ("[7f] app/a.rb:3:in `a'", "app/a.rb", "3", "a"),
        ("app/a.rb:3:in `'", "app/a.rb", "3", ""),
    ],
)  # fmt: skip
def test_a_call(line: str, path: str, number: str, label: str) -> None:
    found = ruby_calls.call(line)

    assert found is not None
    assert (found["path"], found["line"], found["label"]) == (path, number, label)


@pytest.mark.parametrize("line", ["10:30", "app/a.rb:x", "", "see app/a.rb:3"])
def test_no_place(line: str) -> None:
    assert ruby_calls.place(line) is None


def test_a_place_alone_is_a_call_without_a_function() -> None:
    found = ruby_calls.place("./app/a.rb:3")

    assert found is not None
    assert ruby_calls.frame_of(found).function is None


def test_jruby() -> None:
    found = ruby_calls.of_jruby("   block in pay at /srv/pay.rb:5")

    assert found is not None
    assert ruby_calls.frame_of(found).function == "block in pay"
    assert ruby_calls.of_jruby("   we met at noon.rb") is None


@pytest.mark.parametrize(
    ("line", "path", "number", "function"),
    [
        ("compile ((execjs):6692:19)", "(execjs)", 6692, "compile"),
        ("(execjs):6703:8", "(execjs)", 6703, None),
        (
            "Object.Module._extensions..js (module.js:550:10)",
            "module.js",
            550,
            "Object.Module._extensions..js",
        ),
        ('ORA-06512: at "STORE.LICENSES", line 1945', None, 1945, "STORE.LICENSES"),
        ("ORA-06512: at line 2", None, 2, None),
        ("org.jruby.Main.run(Main.java:225)", "Main.java", 225, "org.jruby.Main.run"),
        ("org.jruby.X$0$loop.call(X$0$loop.gen)", "X$0$loop.gen", None, "org.jruby.X$0$loop.call"),
        ("bin.pay.block in streams(bin/pay.rb:21)", "bin/pay.rb", 21, "bin.pay.block in streams"),
        ("opt.bin.irb.start(/opt/jruby/bin/irb)", "/opt/jruby/bin/irb", None, "opt.bin.irb.start"),
    ],
)
def test_calls_of_other_languages(
    line: str, path: str | None, number: int | None, function: str | None
) -> None:
    found = ruby_calls.place(line)

    assert found is not None
    frame = ruby_calls.frame_of(found)
    assert (frame.filename, frame.line, frame.function) == (path, number, function)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("org.jruby.Main.run(Main.java:225)", True),
        ("org.shop.Db.open(org/shop/Db.java:257)", True),
        ("bin.pay(bin/pay.rb:21)", True),
        ("com.shop.Cart.pay(Cart.java:31)", False),
        ("\tat com.shop.Cart.pay(com/shop/Cart.java:31)", False),
        ("see the docs (docs/pay.rb)", False),
    ],
)
def test_what_is_certainly_of_jruby(line: str, expected: bool) -> None:
    assert ruby_calls.is_jruby(line) is expected


def test_a_file_without_a_line() -> None:
    found = ruby_calls.call("/srv/config.ru:in `new'")

    assert found is not None
    assert ruby_calls.frame_of(found).line is None
    assert ruby_calls.call("error:in `new'") is None
