"""Tokens are in the keyring; one that cannot be used is said."""

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from app.trackers import tokens
from app.trackers.tokens import TokenStoreError
from tests.trackers.conftest import MemoryKeyring


def test_a_token_is_stored_for_its_address_and_removed(tokens_in_memory: MemoryKeyring) -> None:
    tokens.store("https://github.com", "abc")
    assert tokens.read("https://github.com") == "abc"
    assert tokens.read("https://gitlab.com") is None
    tokens.store("https://github.com", "")
    tokens.store("https://github.com", "")
    assert tokens.read("https://github.com") is None


@pytest.mark.usefixtures("tokens_in_memory")
def test_no_keyring_is_said() -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    with pytest.raises(TokenStoreError, match="no keyring on this desktop"):
        tokens.store("https://github.com", "abc")
    with pytest.raises(TokenStoreError, match="no keyring on this desktop"):
        tokens.read("https://github.com")
