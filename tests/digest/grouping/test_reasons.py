"""Why: what counted, and what did not, in words."""

import pytest
from msgspec.structs import replace

from app.digest import grouping
from app.digest.grouping import reasons, v2
from app.model import NOT_COUNTED, ExceptionInfo, Thread
from tests.digest.grouping import bases
from tests.digest.grouping.events import event, frame, raised


def test_the_current_algorithm_is_named_with_its_reasons() -> None:
    key, why = grouping.group(raised(frame("pay")))

    assert key == grouping.key(raised(frame("pay")))
    assert why.algorithm == "v2"
    assert why.why == (
        "exception type: KeyError",
        "in-app frames: shop.views:pay",
        "not counted: the message, since frames tell more",
        "not counted: line numbers, folders, hosts, users and releases",
    )


def test_an_address_counts_within_its_build() -> None:
    nameless = replace(frame("0x7f00", None, filename="libshop.so"), address="a1+0x10")
    why = reasons.why(raised(nameless))

    assert why[1] == "in-app frames: libshop.so:a1+0x10"
    assert why[-1] == "not counted: line numbers, folders, hosts and users"


def test_frames_that_did_not_count_are_listed_by_package() -> None:
    django = frame(
        "get", "django.core", abs_path="/v/lib/python3.11/site-packages/django/core.py", in_app=False
    )
    flask = frame("run", "flask.app", in_app=False)
    why = reasons.why(raised(flask, django, django, frame("pay"), frame("<listcomp>")))

    assert "not counted: 2 frames of django, 1 of flask" in why
    assert "not counted: 1 frame that only wraps the app's" in why


def test_frames_that_raised_the_error_are_said_not_to_count() -> None:
    why = reasons.why(
        raised(frame("pay", None), frame("abort", None), frame("raise", None), platform="native")
    )
    assert "not counted: 2 frames that raised or reported the error, and what was called after that" in why


def test_a_long_path_is_cut_in_front() -> None:
    why = reasons.why(raised(*(frame(f"step_{n}") for n in range(9))))
    assert why[1].startswith("in-app frames: … → shop.views:step_3 → ")


def test_the_reason_shows_a_fingerprint_filled_in() -> None:
    some = replace(raised(frame("pay")), fingerprint=("{{ error.type }}", "x"))
    assert reasons.why(some) == (
        "fingerprint from the client: KeyError, x",
        "not counted: all else, since the client's fingerprint decides",
    )
    mixed = reasons.why(replace(some, fingerprint=("{{ default }}", "x")))
    assert mixed[:2] == ("fingerprint from the client: {{ default }}, x", "exception type: KeyError")


def test_the_reason_names_a_message_a_template_or_neither() -> None:
    assert reasons.why(event(message="disk 5 full"))[0] == "message without what varies: disk <number> full"
    entry = {"logentry": {"message": "disk %d full"}}
    templated = event(
        message="disk 5 full", extra=entry, threads=(Thread(current=True, frames=(frame("pay"),)),)
    )
    assert reasons.why(templated)[:2] == (
        "message template: disk %d full",
        "in-app frames of where it was logged: shop.views:pay",
    )
    assert reasons.why(event(culprit="a"))[0] == "no exception and no message; from a"


def test_the_reason_names_a_group_and_a_made_up_type() -> None:
    leaf = ExceptionInfo(type="ValueError", parent=1, frames=(frame("part"),))
    group = ExceptionInfo(type="ExceptionGroup", mechanism={"synthetic": True})
    why = reasons.why(event(exceptions=(leaf, group)))
    assert "an exception group: by its distinct leaves" in why
    assert "not counted: an exception type that the client made up" in why


def test_the_stack_of_the_thread_stands_in_for_one_that_an_exception_lacks() -> None:
    hang = replace(
        raised(kind="Hang", value="for 5 s"), threads=(Thread(current=True, frames=(frame("pay"),)),)
    )
    elsewhere = replace(hang, threads=(Thread(current=True, frames=(frame("ship"),)),))
    assert v2.key(hang) != v2.key(elsewhere)
    assert "in-app frames of the thread, since the exception has none: shop.views:pay" in reasons.why(hang)


@pytest.mark.parametrize("base", bases.cases())
def test_every_real_event_lists_what_counted_before_what_did_not(base: bases.Base) -> None:
    why = reasons.why(base.event)
    is_not_counted = [reason.startswith(NOT_COUNTED) for reason in why]
    assert not is_not_counted[0]
    assert is_not_counted == sorted(is_not_counted)
