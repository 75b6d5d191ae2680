import pytest
from msgspec.structs import replace

from app.digest.grouping import fingerprint, v2
from app.model import Event
from tests.digest.grouping.events import frame, raised


def same(*events: Event) -> bool:
    return len(set(map(v2.key, events))) == 1


def test_the_fingerprint_of_the_client_decides() -> None:
    assert same(raised(frame("a")), replace(raised(frame("a")), fingerprint=("{{ default }}",)))
    assert same(*(replace(raised(frame(name)), fingerprint=("x",)) for name in ("a", "b")))
    expanded = [replace(raised(frame(name)), fingerprint=("{{default}}", "x")) for name in ("a", "b")]
    assert not same(*expanded)
    assert not same(raised(frame("a")), expanded[0])


def test_variables_of_a_fingerprint_are_filled_in() -> None:
    one, two = (
        replace(raised(frame("a"), kind=kind), fingerprint=("db", "{{ error.type }}")) for kind in ("A", "B")
    )
    assert not same(one, two)
    assert same(one, replace(one, fingerprint=("db", "A")))


@pytest.mark.parametrize(
    ("written", "says_nothing"),
    [
        ((), True),
        (("{{ default }}",), True),
        (("{{default}}",), True),
        ((" {{ default }} ",), True),
        (("{{ default }}", "x"), False),
        (("x",), False),
        (("{{ error.type }}",), False),
    ],
)
def test_a_fingerprint_of_the_default_alone_is_none(written: tuple[str, ...], says_nothing: bool) -> None:
    assert fingerprint.says_nothing(written) is says_nothing


@pytest.mark.parametrize(
    ("part", "filled_in"),
    [
        ("{{ error.type }}", "KeyError"),
        ("{{type}}: {{ error.value }}", "KeyError: 'card'"),
        ("{{ message }}", "charge failed"),
        ("{{ transaction }} of {{ release }} in {{ environment }}", "/pay of 1.2 in dev"),
        ("{{ stack.function }} {{ module }}", "pay shop.views"),
        ("{{ level }} {{ logger }}", "error "),
        ("{{ tags.plan }}|{{ tags.other }}", "gold|"),
        ("{{ unheard.of }}", "{{ unheard.of }}"),
        ("plain", "plain"),
    ],
)
def test_every_variable(part: str, filled_in: str) -> None:
    """https://docs.sentry.io/concepts/data-management/event-grouping/fingerprint-rules/#variables"""
    some = raised(
        frame("main"),
        frame("pay"),
        value="'card'",
        message="charge failed",
        transaction="/pay",
        release="1.2",
        environment="dev",
        tags={"plan": "gold"},
    )

    assert fingerprint.filled_in(part, some) == filled_in
