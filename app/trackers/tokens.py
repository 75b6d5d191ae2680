"""Access tokens of trackers, in the keyring of the desktop: one for each address."""

import keyring
from keyring.errors import KeyringError, NoKeyringError, PasswordDeleteError

_SERVICE = "arecibo"


class TokenStoreError(Exception):
    """The keyring cannot be used; the text is a sentence for the user."""


def read(address: str) -> str | None:
    """The token for a tracker's address; None when none is stored. Raises `TokenStoreError`."""
    try:
        return keyring.get_password(_SERVICE, address)
    except (KeyringError, RuntimeError) as error:
        raise _explained(error) from error


def store(address: str, token: str) -> None:
    """Store the token for an address; an empty one removes it. Raises `TokenStoreError`."""
    try:
        if token:
            keyring.set_password(_SERVICE, address, token)
        else:
            keyring.delete_password(_SERVICE, address)
    except PasswordDeleteError:
        return  # there was none
    except (KeyringError, RuntimeError) as error:
        raise _explained(error) from error


def _explained(error: Exception) -> TokenStoreError:
    if isinstance(error, NoKeyringError):
        return TokenStoreError(
            "There is no keyring on this desktop, so the token is not stored. "
            "On Linux, GNOME Keyring or KWallet provides one."
        )
    return TokenStoreError(f"The keyring did not open, so the token is not stored: {error}")
