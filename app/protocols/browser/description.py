"""Describes each kind of a browser's report, in the same words every time that it happens."""

from collections.abc import Callable
from urllib.parse import urlsplit

from msgspec import Struct

from app.model import ExceptionInfo, Level
from app.protocols import stacktrace
from app.protocols.event import event_builder
from app.protocols.plain import field_names
from app.protocols.wire.notes import Notes

BLOCKED = tuple("blockedurl blockeduri".split())
DIRECTIVE = tuple("effectivedirective violateddirective".split())
SAMPLE = tuple("sample scriptsample".split())
_POLICY = tuple("policyid featureid feature policy".split())
_OPENED = tuple("openeeurl openerurl otherdocumenturl".split())
_REASONS = {"oom": "out of memory", "unresponsive": "the page did not respond"}


class Description(Struct, frozen=True):
    """The words, and the level: None where the report's `disposition` decides it."""

    words: str
    level: Level | None = None
    exception: ExceptionInfo | None = None


def describe(fields: field_names.Fields, kind: str, notes: Notes) -> Description:
    """The description of a report of this `kind`; the fields that it uses are taken from `fields`."""
    if kind == "crash":
        return _describe_crash(fields, notes)
    return _DESCRIBERS.get(kind, _describe_any)(fields, kind)


def _describe_csp(fields: field_names.Fields, _kind: str) -> Description:
    directive = (fields.text(DIRECTIVE) or "").partition(" ")[0] or "a directive"
    blocked = fields.text(BLOCKED)
    if blocked is not None and "://" in blocked:
        fields.put("blocked", blocked)
    for name in DIRECTIVE:
        # The older name says the same, with the values of the directive behind it in older browsers.
        if (said := fields.take((name,), str)) is not None and said != directive:
            fields.put(name, said)
    return Description(f"CSP: {directive} blocked {_host(blocked) or 'something'}")


def _describe_policy(fields: field_names.Fields, kind: str) -> Description:
    message, policy = fields.text(("message",)), fields.text(_POLICY)
    if policy is not None:
        fields.put("policyId", policy)
    what = kind.removesuffix("-violation").replace("-", " ").capitalize()
    return Description(message or f"{what}: {policy or 'something'} was blocked")


def _describe_isolation(fields: field_names.Fields, kind: str) -> Description:
    blocked = fields.text((*BLOCKED, *_OPENED))
    what = fields.text(("destination",)) or fields.text(("property",)) or fields.text(("type",))
    if blocked is not None:
        fields.put("blocked", blocked)
    return Description(
        f"{kind.upper()}: {what or 'something'} blocked" + (f" {_host(blocked)}" if blocked else "")
    )


def _describe_warning(fields: field_names.Fields, kind: str) -> Description:
    identity, message = fields.text(("id",)), fields.text(("message",))
    if identity is not None:
        fields.put("id", identity)
    return Description(f"{kind.capitalize()}: {message or identity or 'of something'}", Level.WARNING)


def _describe_crash(fields: field_names.Fields, notes: Notes) -> Description:
    reason, stack = fields.text(("reason",)), fields.text(("stack",))
    frames = stacktrace.read(stack, "javascript", notes, "stack").frames if stack else ()
    if stack is not None and not frames:
        fields.put("stack", stack)
    raised = ExceptionInfo(
        type="Crash",
        value=_REASONS.get(reason or "", reason),
        mechanism=event_builder.mechanism("crash", handled=False),
        frames=frames,
    )
    return Description("The page crashed", Level.FATAL, raised)


def _describe_network(fields: field_names.Fields, _kind: str) -> Description:
    what, url = fields.text(("type",)), fields.text(("url",))
    if url is not None:
        fields.put("url", url)
    return Description(
        f"Network error: {what or 'unknown'}" + (f" at {_host(url)}" if url else ""), Level.ERROR
    )


def _describe_any(fields: field_names.Fields, kind: str) -> Description:
    words = fields.text(("message", "reason", "hostname"))
    return Description(f"{kind}: {words}" if words else kind)


_DESCRIBERS: dict[str, Callable[[field_names.Fields, str], Description]] = {
    "csp-violation": _describe_csp,
    "csp": _describe_csp,
    "deprecation": _describe_warning,
    "intervention": _describe_warning,
    "coep": _describe_isolation,
    "coop": _describe_isolation,
    "permissions-policy-violation": _describe_policy,
    "potential-permissions-policy-violation": _describe_policy,
    "feature-policy-violation": _describe_policy,
    "document-policy-violation": _describe_policy,
    "document-policy": _describe_policy,
    "permissions-policy": _describe_policy,
    "network-error": _describe_network,
}


def _host(url: str | None) -> str | None:
    """What was blocked, without what differs from page to page: the host, or a word such as ``inline``."""
    if not url or "://" not in url:
        return url.partition(":")[0] if url else None
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        # No address that anybody could go to.
        return url
