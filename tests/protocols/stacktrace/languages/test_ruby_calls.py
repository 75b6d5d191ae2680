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
