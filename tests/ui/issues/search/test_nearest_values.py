"""A value that nothing has is taken for one like it."""

import pytest

from tests.factories import Store, make_event
from ui.issues.search import nearest_values


@pytest.fixture
def filed(store: Store) -> Store:
    """Three environments and two projects."""
    for place, name in enumerate(("production", "staging", "dev")):
        store.file(make_event(function=f"f{place}", tags={"environment": name, "customer": "Ada L"}))
    store.file(make_event(), project="checkout")
    return store


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("boom env:prd x", [("boom env:production x", "env:production")]),
        ("-env:stagign", [("-env:staging", "env:staging")]),
        ("project:chekout", [("project:checkout", "project:checkout")]),
        ("tag.customer:ida", [('tag.customer:"Ada L"', 'tag.customer:"Ada L"')]),
        ("env:prod", []),
        ("env:zzz", []),
        ("env:*x", []),
        ("level:eror boom", []),
    ],
)
def test_values_that_are_like_stored_ones(filed: Store, text: str, better: list[tuple[str, str]]) -> None:
    assert filed.read(lambda connection: list(nearest_values.searches(connection, text))) == better
