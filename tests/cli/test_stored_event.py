"""The event that a command was given the id of."""

from pathlib import Path

import pytest

from app.cli import stored_event
from app.settings import Settings


def test_it_is_read_whole_and_an_unknown_one_is_said(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data_dir=tmp_path)
    found = stored_event.read(settings, event_id.upper())
    assert found is not None
    assert found.event.event_id == event_id
    assert capsys.readouterr().err == ""
    assert stored_event.read(settings, "f" * 32) is None
    assert f"There is no event {'f' * 32} in {tmp_path}" in capsys.readouterr().err
