"""The registry: on a platform without one nothing is in it, and what would be lost is refused."""

import sys

import pytest

from app.platforms import registry
from app.platforms.registry import NoRegistry

KEY = r"HKCU\Software\Arecibo test"


def test_without_a_registry_nothing_is_found_and_nothing_is_written() -> None:
    none = NoRegistry()
    assert none.value(KEY) is None
    none.remove_value(KEY, "x")
    none.remove_key(KEY)
    with pytest.raises(OSError, match="Only Windows"):
        none.write(KEY, "x", "y")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_this_machine_has_none() -> None:
    assert isinstance(registry.here(), NoRegistry)


@pytest.mark.skipif(sys.platform != "win32", reason="the registry of Windows")
def test_values_are_written_read_and_removed() -> None:
    here = registry.here()
    try:
        here.write(rf"{KEY}\below", "name", "täxt")
        here.write(KEY, "", "default")
        assert here.value(rf"{KEY}\below", "name") == "täxt"
        assert here.value(KEY) == "default"
        here.remove_value(rf"{KEY}\below", "name")
        here.remove_value(rf"{KEY}\below", "name")
        assert here.value(rf"{KEY}\below", "name") is None
    finally:
        here.remove_key(KEY)
    assert here.value(KEY) is None
    here.remove_key(KEY)
