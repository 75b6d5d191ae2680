"""Cookies as names and values, from each of the forms in which clients send them."""

from typing import Any
from urllib.parse import unquote

_MOST = 500


def read(cookies: Any, headers: dict[str, str]) -> dict[str, Any]:
    """Cookies that came by themselves or, without such, those in the `Cookie` header, decoded."""
    if cookies in (None, "", {}, []):
        cookies = next((value for name, value in headers.items() if name.lower() == "cookie"), "")
    if isinstance(cookies, str):
        return _in_header(cookies)
    if isinstance(cookies, dict):
        return {str(name): value for name, value in list(cookies.items())[:_MOST]}
    if isinstance(cookies, (list, tuple)):
        return _listed(cookies[:_MOST])
    return {}


def _in_header(line: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in line.split(";", _MOST)[:_MOST]:
        name, equals, value = part.strip().partition("=")
        if name:
            found[name] = unquote(value.strip('"')) if equals else ""
    return found


def _listed(cookies: Any) -> dict[str, Any]:
    """Pairs, `{"key": …, "value": …}`, or lines."""
    found: dict[str, Any] = {}
    for number, cookie in enumerate(cookies):
        if isinstance(cookie, (list, tuple)) and len(cookie) == 2:
            found[str(cookie[0])] = cookie[1]
        elif isinstance(cookie, dict) and ("name" in cookie or "key" in cookie):
            found[str(cookie.get("name", cookie.get("key")))] = cookie.get("value")
        elif isinstance(cookie, str) and "=" in cookie:
            name, _, value = cookie.partition("=")
            found[name] = value
        else:
            found[str(number)] = cookie
    return found
