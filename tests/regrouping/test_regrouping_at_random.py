"""Whatever is merged, split and undone while events arrive, wherever it is killed: counters are exact."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.digest.grouping.rules import Apart, Definition, Ignore, RulePart, Same
from app.regrouping import worker as digest_regrouping
from app.regrouping.worker import Regrouper
from app.store.database import open_for_engine
from app.store.grouping import corrections
from app.store.grouping.regrouping import CannotRegroup
from tests.regrouping.shop import Shop

FUNCTIONS, VALUES, USERS, REGIONS = (
    ("charge", "refund", "ship"),
    ("'a'", "'b'"),
    ("", "ada", "bob"),
    ("eu", "us"),
)

sends = st.tuples(
    st.just("send"),
    st.sampled_from(FUNCTIONS),
    st.sampled_from(VALUES),
    st.sampled_from(USERS),
    st.sampled_from(REGIONS),
)
rules = st.sampled_from(
    (
        Same(RulePart.FUNCTION, ("charge", "refund")),
        Ignore(RulePart.FUNCTION, "ship"),
        Apart("tag:region"),
        Apart("message"),
    )
)
acts = st.one_of(
    sends,
    sends,
    st.tuples(st.just("merge"), st.integers(0, 5), st.integers(0, 5)),
    st.tuples(st.just("split"), st.integers(0, 5), st.sampled_from(("tag:region", "message"))),
    st.tuples(st.just("rule"), rules),
    st.tuples(st.just("undo"), st.integers(0, 3)),
    st.tuples(st.just("steps"), st.integers(1, 4)),
)


def act(shop: Shop, what: tuple[object, ...]) -> None:
    issues = sorted(shop.shown())
    match what:
        case ("send", str(function), str(value), str(user), str(region)):
            shop.send(function, value, user, {"region": region})
        case ("merge", int(one), int(other)) if issues:
            shop.merge(issues[one % len(issues)], issues[other % len(issues)])
        case ("split", int(one), str(by)) if issues:
            shop.split(issues[one % len(issues)], by)
        case ("rule", rule) if isinstance(rule, Definition):
            shop.apply(shop.plan(rule))
        case ("undo", int(back)):
            with shop.database.reading() as connection:
                known = corrections.listed(connection)
            if back < len(known):
                shop.undo(known[back].id)
        case ("steps", int(count)):
            # Each step is by another process, as it were: whatever it knows is in the store.
            for _ in range(count):
                Regrouper(shop.database).step()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.lists(sends, min_size=2, max_size=8), then=st.lists(acts, max_size=14))
def test_counters_are_those_of_counting_again(
    empty_store: Path, first: list[tuple[object, ...]], then: list[tuple[object, ...]]
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        patch.setattr(digest_regrouping, "MOVED_AT_ONCE", 1)
        patch.setattr(digest_regrouping, "READ_AT_ONCE", 1)
        folder = Path(name)
        shutil.copy(empty_store, folder)
        database = open_for_engine(folder).database
        try:
            shop = Shop(database, folder)
            for what in (*first, *then):
                try:
                    act(shop, what)
                except CannotRegroup:
                    continue
            shop.settle()
            assert shop.shown() == shop.recounted()
        finally:
            database.close()
