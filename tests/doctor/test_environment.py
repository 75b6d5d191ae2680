"""Findings about the engine's settings."""

from msgspec.structs import replace

from app.doctor.finding import Severity
from app.settings import Settings
from tests.doctor.examining import examined, titles
from tests.factories import Store


def test_known_keys_are_listed(store: Store, settings: Settings) -> None:
    found = examined(store, replace(settings, known_keys=("shop", "blog")))
    assert "Only these keys are welcome: shop, blog." in titles(found, Severity.NOTE)


def test_without_known_keys_there_is_no_finding(store: Store, settings: Settings) -> None:
    assert not any("keys" in title for title in titles(examined(store, settings)))
