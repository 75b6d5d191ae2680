"""The second algorithm, rule by rule as people were promised them."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.digest.grouping import v2
from app.model import Event, ExceptionInfo, Frame, Level, Thread
from tests.digest.grouping import bases, variants
from tests.digest.grouping.events import event, frame, raised


def same(*events: Event) -> bool:
    return len(set(map(v2.key, events))) == 1


def test_the_key_is_stable() -> None:
    # These keys are in people's databases: when this fails, write v3 instead.
    assert v2.key(raised(frame("pay"))) == "adbb881915576379ba9d786681bb2850"
    assert v2.key(event(message="disk 5 full")) == "571c47d9cf5543507de819752a02b315"
    assert (
        v2.key(event(fingerprint=("a", "{{ default }}"), message="m")) == "06710cf12e3fdb229f5a7feb3190f4d7"
    )


# The same bug


def test_another_host_user_release_or_state_does_not_count() -> None:
    one = raised(frame("pay"))
    fields: dict[str, Any] = {
        "server_name": "web2",
        "user": {"id": "2"},
        "release": "2",
        "level": Level.FATAL,
        "tags": {"plan": "gold"},
        "extra": {"cart": [1]},
    }
    assert same(one, replace(one, **fields))


def test_the_message_does_not_count_where_frames_tell() -> None:
    assert same(
        raised(frame("pay"), value="order 1 of ada failed"), raised(frame("pay"), value="bob has no cart")
    )


def test_frames_reported_by_another_browser_are_the_same() -> None:
    def told(*functions: str | None) -> Event:
        frames = (frame(name, None, filename="https://shop.test/app.js") for name in functions)
        return raised(*frames, platform="javascript")

    chromium = told(
        "?",
        "HTMLButtonElement.onclick",
        "new Cart",
        "async Cart.save",
        "Object.<anonymous>",
        "total [as sum]",
    )
    firefox = told(None, "onclick", "Cart", "async*save", "save/<", "total")
    safari = told("global code", "onclick", "Cart", "save", "", "total")
    assert same(chromium, firefox, safari)


def test_the_page_of_an_inline_script_does_not_count() -> None:
    pages = ("https://shop.test/cart/8?x=1", "http://localhost:8000/", "https://eu.shop.test/orders/12")

    assert same(*(raised(frame("buy", None, filename=page), platform="javascript") for page in pages))


def test_frames_of_frameworks_do_not_count_where_the_app_has_any() -> None:
    library = frame("dispatch", "flask.app", in_app=False)

    assert same(raised(frame("pay")), raised(library, frame("pay"), library))


def test_an_exception_that_the_client_made_up_does_not_count_by_its_type() -> None:
    one, two = (
        ExceptionInfo(type=kind, value=kind, mechanism={"synthetic": True}, frames=(frame("pay"),))
        for kind in ("Error", "onerror")
    )
    assert same(event(exceptions=(one,)), event(exceptions=(two,)))


def test_a_group_is_identified_by_its_distinct_leaves() -> None:
    key_error, value_error = (
        ExceptionInfo(type=kind, frames=(frame("part"),)) for kind in ("KeyError", "ValueError")
    )
    group = ExceptionInfo(type="ExceptionGroup", value="2 failed", frames=(frame("main"),))

    def grouped(*leaves: ExceptionInfo) -> Event:
        return event(exceptions=(*(replace(leaf, parent=len(leaves)) for leaf in leaves), group))

    nested = event(
        exceptions=(
            replace(key_error, parent=1),
            replace(group, parent=3),
            replace(value_error, parent=3),
            group,
        )
    )
    assert same(
        grouped(key_error, value_error), grouped(value_error, key_error, value_error, value_error), nested
    )
    assert not same(grouped(key_error, value_error), grouped(key_error))
    assert not same(grouped(key_error), grouped(value_error))


def test_a_group_without_frames_does_not_count_by_how_many_it_holds() -> None:
    def grouped(count: int) -> Event:
        leaf = ExceptionInfo(type="ValueError", value="part failed", parent=count)
        top = ExceptionInfo(type="ExceptionGroup", value=f"{count} sub-exception{'s' if count > 1 else ''}")
        return event(exceptions=(*[leaf] * count, top))

    assert same(grouped(1), grouped(3))


def test_a_cause_of_a_member_counts_with_it() -> None:
    def grouped(*parents: int, source: str) -> Event:
        kinds = ("Cause", "One", "Two")
        members = (
            ExceptionInfo(
                type=kind,
                parent=parent,
                frames=(frame("part"),),
                mechanism={"source": source} if place == 0 else None,
            )
            for place, (kind, parent) in enumerate(zip(kinds, parents, strict=True))
        )
        return event(exceptions=(*members, ExceptionInfo(type="ExceptionGroup", frames=(frame("main"),))))

    of_one = grouped(1, 3, 3, source="__cause__")
    assert same(of_one, grouped(1, 3, 3, source="cause"))
    assert not same(of_one, grouped(2, 3, 3, source="__cause__"))
    assert not same(of_one, grouped(3, 3, 3, source="exceptions[2]"))


def test_a_chain_whose_client_numbers_its_parents_is_as_one_that_does_not() -> None:
    """As sentry-java does: https://github.com/getsentry/sentry-java"""

    def chain(parents: tuple[int | None, ...]) -> Event:
        return event(
            exceptions=tuple(
                ExceptionInfo(
                    type=f"E{n}", parent=parent, mechanism={"type": "chained"}, frames=(frame("pay"),)
                )
                for n, parent in enumerate(parents)
            )
        )

    assert same(chain((1, 2, None)), chain((None, None, None)))


def test_a_chain_is_no_group_though_its_parents_are_named() -> None:
    def chain(source: str) -> Event:
        cause = ExceptionInfo(
            type="KeyError", parent=1, mechanism={"source": source}, frames=(frame("part"),)
        )
        return event(exceptions=(cause, ExceptionInfo(type="PayError", frames=(frame("pay"),))))

    assert v2.groups(chain("__cause__").exceptions) == {}
    assert v2.groups(chain("exceptions[0]").exceptions) == {1: False}


# Another bug


@pytest.mark.parametrize(
    "other",
    [
        raised(frame("refund")),
        raised(frame("pay", "shop.admin")),
        raised(frame("pay"), kind="ValueError"),
        raised(frame("main"), frame("pay")),
        raised(frame("pay"), frame("main")),
        event(exceptions=(ExceptionInfo(type="OSError"), *raised(frame("pay")).exceptions)),
    ],
)
def test_what_makes_another_bug(other: Event) -> None:
    assert not same(raised(frame("pay")), other)


def test_all_frames_count_where_none_is_in_app() -> None:
    one, two = (frame(name, "requests.api", in_app=False) for name in ("send", "get"))
    assert not same(raised(one), raised(two))


def test_the_message_counts_where_no_frame_has_a_name() -> None:
    minified = frame("?", None, filename="https://shop.test/app.js")
    one, two = (raised(minified, value=value, platform="javascript") for value in ("a is null", "b is null"))
    assert not same(one, two)
    assert not same(raised(value="order 1 failed"), raised(value="cart 1 failed"))
    assert same(raised(value="order 1 failed"), raised(value="order 2 failed"))


def test_functions_that_people_numbered_are_two() -> None:
    assert not same(raised(frame("step_1")), raised(frame("step_2")))
    assert not same(raised(frame("pay"), kind="ORA00942"), raised(frame("pay"), kind="ORA01017"))


# What comes first


def test_a_content_security_policy_counts_by_directive_and_host() -> None:
    def blocked(title: str, **fields: Any) -> Event:
        return event(message=title, title=title, tags={"report": "csp-violation"}, **fields)

    assert same(
        blocked("CSP: img-src blocked cdn1.test"), blocked("CSP: img-src blocked cdn1.test", culprit="/a")
    )
    assert not same(blocked("CSP: img-src blocked cdn1.test"), blocked("CSP: img-src blocked cdn2.test"))
    assert not same(blocked("CSP: img-src blocked inline"), blocked("CSP: script-src blocked inline"))


def test_a_template_counts_before_the_message() -> None:
    entry = {"message": "payment of %s failed", "params": ["ada"]}
    one, two = (
        event(message=f"payment of {who} failed", extra={"logentry": entry}) for who in ("ada", "bob")
    )

    assert same(one, two)


def test_a_message_counts_with_the_place_where_it_was_logged() -> None:
    def logged(function: str, message: str = "disk 5 full") -> Event:
        frames = (frame("main"), frame(function), frame("error", "logging", in_app=False))
        return event(message=message, threads=(Thread(current=True, frames=frames),))

    assert same(logged("pay"), logged("pay", "disk 7 full"))
    assert not same(logged("pay"), logged("refund"))
    assert not same(logged("pay"), logged("pay", "disk gone"))


def test_an_event_that_says_nothing_is_grouped_by_its_place() -> None:
    assert same(event(), event(level=Level.FATAL))
    assert not same(event(culprit="a"), event(culprit="b"))


def test_generated_numbers_of_its_place_do_not_count() -> None:
    assert same(
        event(culprit="shop.Cart_$$_javassist_9 in pay"),
        event(culprit="shop.Cart_$$_javassist_seam_8 in pay"),
    )
    assert not same(event(culprit="shop.Cart in pay"), event(culprit="shop.Cart in ship"))


# Real events, and any


@pytest.mark.parametrize("base", bases.cases())
def test_variants_of_real_events(base: bases.Base) -> None:
    wrong = [
        variant.mutation
        for variant in variants.of(base.event)
        if (v2.key(variant.one) == v2.key(variant.two)) != variant.same
    ]
    assert wrong == []


def test_every_mutation_has_something_to_work_on() -> None:
    used = {variant.mutation for base in bases.every() for variant in variants.of(base.event)}
    assert used >= {mutation.__name__ for mutation in (*variants.SAME, *variants.OTHER)}


TEXT = (
    st.none() | st.text(max_size=20) | st.sampled_from(["lambda$a$1", "$Proxy1", "a.1f2e3d4c.js", "<module>"])
)
FRAMES = st.builds(
    Frame,
    module=TEXT,
    filename=TEXT,
    function=TEXT,
    in_app=st.booleans(),
    line=st.none() | st.integers(0, 3),
    context=st.lists(st.tuples(st.integers(0, 3), st.text(max_size=9)), max_size=3).map(tuple),
)
MECHANISMS = st.none() | st.fixed_dictionaries(
    {},
    optional={
        "synthetic": st.booleans(),
        "source": st.text(max_size=3) | st.just("errors[0]") | st.integers(),
    },
)
CHAINS = st.lists(
    st.builds(
        ExceptionInfo,
        type=TEXT,
        value=TEXT,
        parent=st.none() | st.integers(0, 4),
        mechanism=MECHANISMS,
        frames=st.lists(FRAMES, max_size=4).map(tuple),
    ),
    max_size=4,
).map(tuple)
EVENTS = st.builds(
    event,
    exceptions=CHAINS,
    message=TEXT,
    platform=st.sampled_from(
        [None, "python", "javascript", "node", "java", "csharp", "go", "rust", "ruby", "php"]
    ),
    fingerprint=st.lists(
        st.text(max_size=9) | st.sampled_from(["{{ default }}", "{{ tags.a }}"]), max_size=3
    ).map(tuple),
    tags=st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3),
    threads=st.lists(
        st.builds(Thread, crashed=st.booleans(), frames=st.lists(FRAMES).map(tuple)), max_size=2
    ).map(tuple),
)


@given(EVENTS)
def test_any_event_has_a_key_that_is_the_same_again(some: Event) -> None:
    assert len(v2.key(some)) == 32
    assert v2.key(some) == v2.key(some)


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_what_has_none_and_locals_change_no_key(some: Event, chance: random.Random) -> None:
    tags = list(some.tags.items())
    chance.shuffle(tags)
    changed = variants.with_frames(
        replace(some, tags=dict(tags), extra={"n": chance.random()}, user={"id": str(chance.random())}),
        lambda each: replace(each, vars={"a": str(chance.random())}, column=chance.randint(1, 99)),
    )
    assert v2.key(changed) == v2.key(some)
