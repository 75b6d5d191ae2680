"""Finds violations of browser policies in Sentry events: each policy has a key of its own in extra.

See https://develop.sentry.dev/sdk/foundations/transport/event-payloads/ for these keys.
"""

from collections.abc import Mapping
from typing import Any

from app.digest.grouping import names

_HOSTS = ("hpkp", "expectct", "expectstaple")


def violated(extra: Mapping[str, Any]) -> tuple[str, str] | None:
    """The directive, or the policy, and the host that it blocked; None where nothing was blocked."""
    csp = extra.get("csp")
    if type(csp) is dict:
        directive = _text(csp, "effective_directive", "effective-directive") or _text(
            csp, "violated_directive", "violated-directive"
        )
        return directive.partition(" ")[0], names.host(_text(csp, "blocked_uri", "blocked-uri"))
    for policy in _HOSTS:
        violation = extra.get(policy)
        if type(violation) is dict:
            return policy, _text(violation, "hostname")
    return None


def _text(part: Mapping[str, Any], *keys: str) -> str:
    return next((value for key in keys if type(value := part.get(key)) is str), "")
