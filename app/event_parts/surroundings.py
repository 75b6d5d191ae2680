"""Who and what an event happened to: user, browser, system, device, place, as short facts.

Clients say these in several places (a User-Agent header, contexts, tags). A fact is made of the best of them,
once, and names the tag by which the search finds it.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.model import Event, UserAgent

# Icons, by their meaning in the window.
_SYSTEMS = (
    ("windows", "windows"),
    ("mac", "apple"),
    ("ios", "apple"),
    ("ipados", "apple"),
    ("tvos", "apple"),
    ("watchos", "apple"),
    ("darwin", "apple"),
    ("android", "android"),
)
_KINDS = {"mobile": "phone", "tablet": "tablet", "bot": "bot", "desktop": "desktop"}
_NAMES = ("name", "username", "email", "id", "ip_address", "ip")
_UNKNOWN = frozenset(("", "other", "unknown", "generic", "none"))


class Fact(Struct, frozen=True):
    """One thing that is known, as text. `tag` and `tagged` are the tag and its value that find it, if any."""

    icon: str
    label: str
    text: str
    tag: str = ""
    tagged: str = ""


def facts(event: Event, agent: UserAgent | None) -> tuple[Fact, ...]:
    """What is known of user, browser, system, device and runtime, and then of release and place.

    `agent` is the event's own, read in the meantime, or None.
    """
    found = [_user(event.user), _browser(event, agent), _system(event, agent), _device(event, agent)]
    found.append(_named("cpu", "runtime", event.contexts.get("runtime"), "runtime"))
    found += (
        _text("flag", "release", event.release),
        _text("", "environment", event.environment),
        _text("", "server_name", event.server_name, "server"),
        _text("", "transaction", event.transaction),
    )
    if event.logger:
        found.append(Fact("", "logger", event.logger))
    return tuple(fact for fact in found if fact is not None)


def tags_beside(event: Event, shown: tuple[Fact, ...]) -> dict[str, str]:
    """The event's tags in the order of their names, without those that say what a shown fact says."""
    said = {(fact.tag, fact.tagged) for fact in shown} | {(fact.label, fact.text) for fact in shown}
    said |= {(fact.tag, fact.text) for fact in shown}
    said.add(("url", address(event)))
    return {name: value for name, value in sorted(event.tags.items()) if (name, str(value)) not in said}


def user_text(user: Mapping[str, Any]) -> str:
    """`Ada Lovelace · ada@example.com · 17 · 10.0.0.9`: what is there of name, e-mail, id and address."""
    parts = dict.fromkeys(str(user[name]) for name in _NAMES if _is_scalar(user.get(name)))
    return " · ".join(parts)


def more_of_user(user: Mapping[str, Any]) -> dict[str, Any]:
    """What `user_text` does not say."""
    return {name: value for name, value in user.items() if name not in _NAMES and value not in (None, "", {})}


def _user(user: Mapping[str, Any]) -> Fact | None:
    text = user_text(user)
    # The digest files a user by the first of these.
    by = next((str(user[name]) for name in ("id", "email", "username", "ip_address") if user.get(name)), "")
    return Fact("user", "", text, "user", by) if text else None


def _browser(event: Event, agent: UserAgent | None) -> Fact | None:
    if agent is not None and _is_known(agent.browser):
        name = agent.browser or ""
        text = f"{name} {_major(agent.browser_version)}".strip()
        return Fact("bot" if agent.kind == "bot" else "browser", "", text, "browser", name)
    return _named("browser", "", event.contexts.get("browser"), "browser")


def _system(event: Event, agent: UserAgent | None) -> Fact | None:
    if agent is not None and _is_known(agent.os):
        name = agent.os or ""
        return Fact(_system_icon(name), "", f"{name} {agent.os_version or ''}".strip(), "os", name)
    for context in ("client_os", "os"):
        if found := _named("desktop", "", event.contexts.get(context), "os"):
            return Fact(_system_icon(found.text), "", found.text, found.tag, found.tagged)
    return None


def _device(event: Event, agent: UserAgent | None) -> Fact | None:
    if agent is not None:
        icon = _KINDS.get(agent.kind, "phone")
        if _is_known(agent.device) and agent.device not in (agent.os, agent.browser):
            return Fact(icon, "", agent.device or "")
        if agent.kind in ("mobile", "tablet"):
            return Fact(icon, "", agent.kind)
    device = event.contexts.get("device")
    if isinstance(device, dict):
        names = [
            device.get("brand") or device.get("manufacturer"),
            device.get("model") or device.get("family"),
        ]
        text = " ".join(str(name) for name in names if _is_scalar(name))
        if text:
            phone = str(device.get("family", "")) + str(device.get("model", ""))
            icon = "tablet" if "pad" in phone.lower() else "phone" if "simulator" in device else "desktop"
            return Fact(icon, "", text)
    return None


def _named(icon: str, label: str, context: Any, tag: str) -> Fact | None:
    """`CPython 3.11.7` of a context with a name and a version."""
    if not isinstance(context, dict) or not _is_scalar(context.get("name")):
        return None
    name = str(context["name"])
    version = str(context["version"]) if _is_scalar(context.get("version")) else ""
    return Fact(icon, label, f"{name} {version}".strip(), tag, name)


def _text(icon: str, tag: str, text: str | None, label: str = "") -> Fact | None:
    return Fact(icon, label or tag, text, tag, text) if text else None


def _system_icon(name: str) -> str:
    lowered = name.lower()
    return next((icon for sign, icon in _SYSTEMS if lowered.startswith(sign)), "desktop")


def _is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value) != ""


def _is_known(name: str | None) -> bool:
    return (name or "").lower() not in _UNKNOWN


def _major(version: str | None) -> str:
    return (version or "").split(".")[0]


def address(event: Event) -> str:
    """Where it happened: the address of the request or, without one, of the page; empty without both."""
    if event.request is not None and event.request.url:
        return event.request.url
    return str(event.tags.get("url", ""))
