"""A change of the settings file, with what takes it back."""

from pathlib import Path

from ui.link import settings_writer


def test_a_change_knows_what_was_before_and_whom_it_concerns(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    made = settings_writer.change(file, "Port 7", {"port": 7})
    assert (made.before, made.after, made.needs_engine) == ({"port": None}, {"port": 7}, True)
    assert not settings_writer.change(file, "Muted", {"notifications.do_not_disturb": True}).needs_engine
