"""Finds secrets by their names (`password`, `api_key`, `Cookie`), in mappings and in HTTP headers.

What is secret by its form, whatever its name, is found by `secrets_in_text`.
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from app.secrets_in_text import FILTERED, hide

_LONGEST_KEY = 200

_SECRET = re.compile(
    r"""
      passw(?:or)?d | passphrase | passwd | ^pwd$ | secret | credential
    | (?:api|access|private|secret|signing|encryption|auth|license|account|master|session)key
    | token$ | ^auth$ | authorization | ^cookies?$ | setcookie | csrf | xsrf
    | ^sid$ | sessionid | sessid$ | ^session$ | ^bearer$
    | creditcard | cardnumber | ^cvv$ | ^cvc$ | ^ssn$ | ^pin$
    """,
    re.VERBOSE,
)
_NO_LETTERS = re.compile(r"[^a-z0-9]+")
_SCHEME = re.compile(r"(?i)(?:basic|bearer|token|digest|apikey)\s+(?=\S)")
_COOKIE = re.compile(r"([^=;]+)=[^;]*")
# Values that are no secret: absent ones, and words such as "Bearer".
_HARMLESS = (None, True, False, "", FILTERED)


@lru_cache(maxsize=8192)
def is_secret(name: str) -> bool:
    """Whether a value of this name is secret."""
    return _SECRET.search(_NO_LETTERS.sub("", name[-_LONGEST_KEY:].lower())) is not None


def head(lines: str) -> str:
    """The head of a request, as `Name: value` lines after the request line, without its secrets."""
    first, *headers = lines.replace("\r\n", "\n").split("\n")
    return "\n".join([_request_line(first), *map(_header_line, headers)])


def _request_line(line: str) -> str:
    decoded = unquote(line) if "%" in line else line
    hidden = hide(decoded)
    # Show the address as it came, unless it contains a percent-encoded secret.
    return hide(line) if hidden == decoded else hidden


def _header_line(line: str) -> str:
    name, colon, value = line.partition(":")
    return f"{name}: {header(name.strip(), value.strip())}" if colon else hide(line)


def header(name: str, value: str) -> str:
    """A header's value without its secrets; the scheme of credentials and the names of cookies stay."""
    if not is_secret(name):
        return hide(value)
    if "cookie" in name.lower():
        return cookies_in(value)
    scheme = _SCHEME.match(value)
    return f"{scheme[0]}{FILTERED}" if scheme else FILTERED


def cookies_in(line: str) -> str:
    """The value of a Cookie header with its names only."""
    return _COOKIE.sub(rf"\1={FILTERED}", line) if "=" in line else FILTERED


def is_harmless(value: Any) -> bool:
    """Whether a value with a secret's name is none."""
    # A flag or a missing value is no secret; in an object its own names decide.
    return isinstance(value, dict) or (not isinstance(value, list) and value in _HARMLESS)
