import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, only, said, sample


def test_each_place_is_in_the_function_that_the_next_line_calls() -> None:
    parsed = sample("perl/confess")

    assert (parsed.platform, parsed.unread) == ("perl", 0)
    assert said(parsed) == [(None, "total is negative: -5")]
    assert calls(parsed.exceptions[0]) == [
        "None shop.pl:4",
        "main|main::checkout shop.pl:3",
        "Shop::Till|Shop::Till::charge Shop/Till.pm:3",
        "eval {...} Shop/Till.pm:3",
        "Shop::Till|Shop::Till::refuse Shop/Till.pm:4",
    ]


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("in", "bad line: one", ["None read.pl:2"]),
        ("undef", 'Can\'t call method "method" on an undefined value', ["None -e:1"]),
        (
            "strict",
            'Global symbol "$y" requires explicit package name (did you forget to declare "my $y"?)',
            ["None strict.pl:2"],
        ),
        (
            "req",
            'Global symbol "$zz" requires explicit package name (did you forget to declare "my $zz"?)',
            ["None -e:1", "BEGIN -e:1", "require Bad/One.pm:3"],
        ),
    ],
)
def test_one_line_is_enough(name: str, value: str, places: list[str]) -> None:
    assert said(sample(f"perl/{name}")) == [(None, value)]
    assert calls(only(f"perl/{name}")) == places
    assert sample(f"perl/{name}").unread == 0


def test_a_class_and_a_library() -> None:
    parsed = sample("perl/class")
    assert parsed.before == "[Mon Nov 30 20:38:32 2026] [error]"
    assert said(parsed) == [("Shop::Declined", "no card")]
    assert calls(parsed.exceptions[0])[-2:] == [
        "Shop|Shop::run /srv/shop/lib/Shop.pm:8",
        "[Try::Tiny|Try::Tiny::try /usr/share/perl5/Try/Tiny.pm:123]",
    ]


def test_devel_stacktrace() -> None:
    assert calls(only("perl/devel")) == [
        "None shop.pl:12",
        "Shop|Shop::checkout lib/Shop/Till.pm:9",
        "Shop::Till|Shop::Till::charge lib/Shop/Till.pm:4",
    ]
    alone = parse("no money\nTrace begun at lib/Till.pm line 4\nTill::pay(7) called at shop.pl line 9\n")
    assert said(alone) == [(None, "no money")]
    assert calls(alone.exceptions[0]) == ["None shop.pl:9", "Till|Till::pay lib/Till.pm:4"]


def test_an_eval_of_a_string() -> None:
    parsed = parse("no money at (eval 12) line 1.\n\teval 'pay()' called at shop.pl line 3\n")
    assert calls(parsed.exceptions[0]) == ["None shop.pl:3", "eval {...} (eval 12):1"]


@pytest.mark.parametrize(
    "text",
    [
        "The lift stops at floor line 3.",
        "error at config.yml line 12.",
        "see shop.pl line 4",
        "at night line 5",
    ],
)
def test_prose_is_no_trace(text: str) -> None:
    assert parse(text).exceptions == ()
