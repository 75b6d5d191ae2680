"""Whoever opens the port is told who can come in, and offered a key."""

import ipaddress
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app import settings
from app.engine import reach
from app.settings import Settings
from tests.end2end.engine_process import EngineProcess


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "[::1]", "localhost"])
def test_on_loopback_only_this_machine(host: str) -> None:
    assert reach.of(f"http://{host}:1974", Settings()) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "192.0.2.7", "box.example"])
def test_elsewhere_anyone_at_these_addresses(host: str) -> None:
    found = reach.of(f"http://{host}:1974", Settings())
    assert found is not None
    assert found.title.startswith("Anyone on this network can send errors to this engine")
    for url in found.urls:
        name = urlsplit(url).hostname or ""
        assert urlsplit(url).port == 1974
        assert name == "box.example" or not ipaddress.ip_address(name).is_loopback


def test_with_known_keys_only_who_has_one() -> None:
    found = reach.of("http://192.0.2.7:1974", Settings(known_keys=("a",)))
    assert found is not None
    assert found.needs_key
    assert found.title == "Whoever has a known key can send errors to this engine at http://192.0.2.7:1974."


def test_the_line_to_paste_is_a_setting_that_can_be_used(tmp_path: Path) -> None:
    said = reach.advice(tmp_path / "settings.toml")
    found = re.search(r'known_keys = \["(my_app_[0-9a-f]{12})"\]', said)
    assert found is not None
    (tmp_path / "settings.toml").write_text(found[0])
    assert settings.load(file=tmp_path / "settings.toml", environ={}).known_keys == (found[1],)
    assert settings.load(file=tmp_path / "no", environ={"ARECIBO_KNOWN_KEYS": found[1]}).known_keys == (
        found[1],
    )


def test_serve_says_so_and_is_one_line_for_a_container(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path, "--host", "0.0.0.0")
    assert engine.first_line == f"listening on http://0.0.0.0:{engine.port}"
    assert engine.stop() == 0
    assert "Anyone on this network can send errors" in engine.errors
    assert "known_keys = [" in engine.errors
    assert engine.output == ""
