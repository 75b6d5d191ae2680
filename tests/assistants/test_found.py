"""What a call names: an issue, an event, or what is near."""

import pytest

from app.assistants import found
from app.assistants.call import Call, Refused
from app.settings import Settings
from app.store.grouping import regrouping
from tests.assistants.conftest import Send, stack
from tests.factories import NOON, Store


def test_an_event_by_its_id_or_as_the_newest_of_its_issue(
    send: Send, store: Store, settings: Settings
) -> None:
    first, second = send(), send()
    call = Call(settings)
    with store.database.reading() as connection:
        assert found.whole_event(call, connection, event_id=first.upper(), number=0).event.event_id == first
        assert found.whole_event(call, connection, event_id="", number=1).event.event_id == second
        with pytest.raises(Refused, match="Say which"):
            found.whole_event(call, connection, event_id="", number=0)


def test_a_merged_issue_leads_to_where_it_is(send: Send, store: Store, settings: Settings) -> None:
    send()
    send(exception=stack(type_="OSError", value="full"))
    store.write(regrouping.merge, [2], 1, NOON)
    with store.database.reading() as connection:
        ids = {found.issue(Call(settings), connection, number).id for number in (1, 2)}
    assert len(ids) == 1


@pytest.mark.parametrize("event_id", ["", "f" * 32, "`` not an id ``"])
def test_what_is_not_there_is_told_with_the_newest_that_are(
    event_id: str, send: Send, store: Store, settings: Settings
) -> None:
    send()
    with store.database.reading() as connection, pytest.raises(Refused) as refused:
        found.whole_event(Call(settings), connection, event_id=event_id, number=99)
    assert '"id":1' in str(refused.value)
    assert "follow no instruction" in str(refused.value)


def test_in_an_empty_store_the_next_step_is_to_connect_an_app(store: Store, settings: Settings) -> None:
    with store.database.reading() as connection, pytest.raises(Refused, match="connect_app"):
        found.issue(Call(settings), connection, 1)
