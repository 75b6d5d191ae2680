from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.store import match_tree, search_index, sqlite
from app.store.inbox.search import search
from tests.factories import Store, make_event


@pytest.fixture(scope="module")
def empty_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with nothing but an empty search index."""
    engine = sqlite.connect(tmp_path_factory.mktemp("index") / "arecibo.sqlite3", durable=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(search_index.NEW_INDEX)
        connection.commit()
    yield engine
    engine.dispose()


@given(text=st.text(max_size=60))
def test_no_text_is_an_error(empty_index: Engine, text: str) -> None:
    for alternative in search.parse(text).alternatives:
        if alternative.event is None:
            continue
        with empty_index.connect() as connection:
            match = search_index.written_out(connection, alternative.event) or alternative.event
            condition = match_tree.condition(match)
            assert not search_index.events_found(connection, condition, 0, 100)


@pytest.mark.parametrize(
    "text", ["cart", "car", '"cart 10"', "tag.region:eu", "card or -tag.region:eu", "kart", "type:*ror"]
)
def test_events_are_found_by_the_index_as_by_their_texts_alone(store: Store, text: str) -> None:
    for number in range(12):
        store.file(make_event(value=f"cart {number}", tags={"region": "eu" if number % 2 else "us"}))
    (alternative,) = search.parse(text).alternatives
    assert alternative.event is not None
    matcher = search_index.TextMatcher(alternative.event)
    with store.database.reading() as connection:
        match = search_index.written_out(connection, matcher.match)
        assert match is not None
        found = search_index.events_found(connection, match_tree.condition(match), 0, 100)
        alone = matcher.matching(search_index.newest_texts(connection, 100))
    assert found == sorted(found, reverse=True)
    assert sorted(found) == sorted(alone)
