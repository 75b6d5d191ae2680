"""Where issues go is stored with the preferences."""

from pathlib import Path

from app import preferences
from app.trackers.tracker import ADDRESSES, Service, Tracker


def test_a_tracker_is_chosen_for_each_project(tmp_path: Path) -> None:
    chosen = Tracker(service=Service.GITLAB, address=ADDRESSES[Service.GITLAB], repository="acme/shop")
    preferences.change(tmp_path, trackers={"shop": chosen})
    assert preferences.read(tmp_path).trackers == {"shop": chosen}
