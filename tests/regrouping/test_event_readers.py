"""Stored events, read in processes of their own."""

import multiprocessing

import pytest

from app import settings
from app.digest.grouping.rules import Apart
from app.regrouping import event_readers
from app.settings import Settings
from app.store.grouping.regrouping import CannotRegroup
from tests.regrouping.shop import Shop


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.regrouping.event_readers.READ_AT_ONCE", 1)


def test_they_come_in_their_order_and_removed_ones_are_left_out(shop: Shop) -> None:
    for region in ("eu", "us", "asia"):
        shop.send(tags={"region": region})
    read = event_readers.read(shop.database.file.parent, [1, 2, 99, 3], (), Apart("tag:region"))
    assert [(event.counted.number, event.value) for event in read] == [(1, "eu"), (2, "us"), (3, "asia")]


def test_closing_ends_the_processes(shop: Shop) -> None:
    shop.send()
    read = event_readers.read(shop.database.file.parent, [1] * 50, (), Apart("message"))
    next(read)
    running = multiprocessing.active_children()
    assert running
    read.close()
    for process in running:
        process.join()
    assert not multiprocessing.active_children()


def test_a_process_that_dies_is_a_sentence_for_people(shop: Shop) -> None:
    shop.send()
    read = event_readers.read(shop.database.file.parent, [1] * 50, (), Apart("message"))
    next(read)
    for process in multiprocessing.active_children():
        process.kill()
    with pytest.raises(CannotRegroup, match="try again"):
        list(read)


def test_they_read_by_the_limits_of_this_process(shop: Shop) -> None:
    shop.send(value="'card'")
    folder = shop.database.file.parent
    (whole,) = event_readers.read(folder, [1], (), Apart("message"))
    settings.use(Settings(data_dir=folder, max_decoded_bytes=20))
    try:
        (short,) = event_readers.read(folder, [1], (), Apart("message"))
    finally:
        settings.use(Settings(data_dir=folder))
    assert short.counted.title != whole.counted.title
