"""A request of a real Flask app is sent again from its event, and the event that it makes is found."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from app import detail
from app.replay import outcome, repeatable
from app.replay.sending import Sending
from app.store.database import Database, open_existing
from app.store.inbox.lists import events
from tests.end2end.engine_process import PATIENCE_SECONDS, EngineProcess, wait_until
from tests.end2end.test_real_clients import APPS


@pytest.fixture
def flask_shop(engine: EngineProcess) -> Iterator[str]:
    """The address of a running Flask app whose checkout fails."""
    with subprocess.Popen(
        [sys.executable, APPS / "flask_shop.py"],
        env={"SENTRY_DSN": engine.dsn("flask_shop")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as shop:
        assert shop.stdout is not None
        yield f"http://127.0.0.1:{int(shop.stdout.readline())}"
        shop.communicate("", timeout=PATIENCE_SECONDS)


@pytest.fixture
def database(engine: EngineProcess) -> Iterator[Database]:
    opened = open_existing(engine.data_dir)
    yield opened
    opened.close()


def test_the_error_comes_back(engine: EngineProcess, flask_shop: str, database: Database) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{flask_shop}/checkout/7?coupon=none", timeout=PATIENCE_SECONDS)
    engine.wait_digested(1)
    with database.reading() as connection:
        after = events.last(connection)
        shown = detail.read_event(connection, after)
    assert shown is not None
    assert shown.event.request is not None
    request = repeatable.of(shown.event.request)
    assert request is not None
    assert request.url == f"{flask_shop}/checkout/7?coupon=none"
    answer = Sending(request, "token-of-this-test").run()
    assert answer.status == 500
    found: list[outcome.Outcome] = []

    def came() -> bool:
        with database.reading() as connection:
            event = outcome.look(connection, after=after, token="token-of-this-test", issue_id=shown.issue.id)
        found.extend([event] if event is not None else [])
        return bool(found)

    wait_until(came, "the event of the replay")
    assert (found[0].is_certain, found[0].is_same) == (True, True)
