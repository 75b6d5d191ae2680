"""Findings about clients: who sent reports, whose clock is wrong, and what was refused."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app.doctor.finding import Finding, Severity, span
from app.fault_words import ON_PURPOSE
from app.store.inbox.events.callers import Caller
from app.store.queue.queue_overview import Refusal, Waiting

RECENT = timedelta(minutes=15)
RECENT_REFUSALS = timedelta(hours=1)
# Nobody notices a smaller difference; breadcrumbs of two machines fall out of order beyond it.
TOLERATED_SKEW = timedelta(seconds=30)
SAME_SECONDS = 5.0
NAMED = 3
MOST_REFUSED = 5
UNAVAILABLE = 503


def calls(
    callers: Sequence[Caller],
    recent: Sequence[Caller],
    newest: Waiting | None,
    refusals: Sequence[Refusal],
    now: datetime,
) -> Iterator[Finding]:
    """Which clients sent reports lately.

    `callers` and `recent` (those of the last quarter of an hour) are recorded by the digest, so a report that
    waits for it is in neither: `newest` is the last report, digested or not.
    """
    minutes = RECENT.seconds // 60
    if recent:
        names = ", ".join(dict.fromkeys(caller.client for caller in recent[:5]))
        title = f"In the last {minutes} minutes reports came from: {names}."
        yield Finding(severity=Severity.OK, title=title)
        return
    if newest is not None and now - newest.received_at <= RECENT:
        at = newest.received_at.astimezone()
        yield Finding(severity=Severity.OK, title=f"A report came in for {newest.project} at {at:%H:%M:%S}.")
        return
    title, last = "No client has ever sent a report.", ""
    if newest is not None and (not callers or newest.received_at > callers[0].last_seen):
        title = f"No client has sent a report in the last {minutes} minutes."
        last = f"The last report came at {newest.received_at.astimezone():%Y-%m-%d %H:%M}. "
    elif not callers and refusals:
        title = "All that was ever sent here was turned away."
    elif callers:
        title = f"No client has sent a report in the last {minutes} minutes."
        last = f"The last call was at {callers[0].last_seen.astimezone():%Y-%m-%d %H:%M}. "
    yield Finding(
        severity=Severity.WARNING,
        title=title,
        meaning=f"{last}A client sends nothing until an error happens, and drops it when nobody listens.",
        advice="Send a test error first (main.py send-test). Then see that the app was started with the "
        "lines that point it here, that they run before the error, that they name this port, and that "
        "no proxy (HTTP_PROXY) is between.",
    )


def clocks(recent: Sequence[Caller]) -> Iterator[Finding]:
    """Clients whose clock is wrong."""
    for callers in _alike(recent):
        skew = timedelta(seconds=callers[0].skew_seconds or 0.0)
        ahead = skew > timedelta()
        one = len(callers) == 1
        names = ", ".join(f"{each.client} ({each.project})" for each in callers[:NAMED])
        more = f" and {len(callers) - NAMED} more" if len(callers) > NAMED else ""
        behind = f"behind, or {'its' if one else 'their'} errors come late"
        yield Finding(
            severity=Severity.WARNING if ahead else Severity.NOTE,
            title=f"The clock of {names}{more} is {span(abs(skew))} {'ahead' if ahead else behind}.",
            meaning="Issues are listed by the time of arrival; the event's own time is shown as it was sent.",
            advice="Set the clock of that machine (NTP)." if ahead else "",
        )


def _alike(recent: Sequence[Caller]) -> Iterator[list[Caller]]:
    """The callers whose clock is wrong, those of one machine together: they are wrong by the same time."""
    groups: list[list[Caller]] = []
    for caller in recent:
        skew = caller.skew_seconds or 0.0
        if abs(skew) < TOLERATED_SKEW.total_seconds():
            continue
        for group in groups:
            if abs((group[0].skew_seconds or 0.0) - skew) < max(SAME_SECONDS, 0.05 * abs(skew)):
                group.append(caller)
                break
        else:
            groups.append([caller])
    yield from groups


def unavailable(refusals: Sequence[Refusal], now: datetime) -> int:
    """How many requests were answered 503 in the last hour, for a cause that another finding may name."""
    return sum(each.status == UNAVAILABLE and now - each.at <= RECENT_REFUSALS for each in meant(refusals))


def meant(refusals: Sequence[Refusal]) -> Iterator[Refusal]:
    """Without what was refused by a fault that somebody set on purpose: that says nothing of the client."""
    return (each for each in refusals if not each.reason.startswith(ON_PURPOSE))


def refused(
    refusals: Sequence[Refusal], now: datetime, *, with_unavailable: bool = True
) -> Iterator[Finding]:
    """What was refused in the last hour, the most frequent first; what has one remedy is one finding."""
    groups: dict[tuple[int, str], Counter[str]] = {}
    for each in meant(refusals):
        if now - each.at > RECENT_REFUSALS or (each.status == UNAVAILABLE and not with_unavailable):
            continue
        advice = _https(each.reason) or _ADVICE.get(each.status, "The list below shows what was sent.")
        groups.setdefault((each.status, advice), Counter())[each.reason] += 1
    most_first = sorted(groups.items(), key=lambda group: -group[1].total())
    for (status, advice), reasons in most_first[:MOST_REFUSED]:
        number, (reason, _often) = reasons.total(), reasons.most_common(1)[0]
        often = f" ({number} times in the last hour)" if number > 1 else ""
        others = len(reasons) - 1
        more = f"For {others} other reason{'s' if others > 1 else ''} of this kind, too; see the list below."
        yield Finding(
            severity=Severity.PROBLEM if status >= 500 else Severity.WARNING,
            title=f"Turned away with {status}{often}: {reason}",
            meaning=more if others else "",
            advice=advice,
        )


def _https(reason: str) -> str:
    return "Begin the address with http:// in that client's settings." if "https://" in reason else ""


_ADVICE = {
    400: "What came is no report. It is kept, and can be tried again: Queue view, Refused.",
    403: "Take the key into known_keys, or empty that setting: then any key is welcome.",
    404: "Compare the address in the client's settings with those under Connect an app.",
    408: "The client fell silent in the middle: it was stopped, or a proxy holds its request back.",
    413: "Let the client send less, or raise max_body_bytes or max_decoded_bytes.",
    415: "Switch compression off in that client, or use gzip, deflate, br or zstd.",
    421: "Send to localhost, 127.0.0.1 or host.docker.internal. Names of other machines are refused: a web "
    "page could hide behind one.",
    431: "Something adds very large headers, such as cookies of localhost. Send to 127.0.0.1 instead.",
    500: "That is a bug in Arecibo. Its log says where.",
    503: "The disk is full or too slow, or the digest is far behind. The Queue view shows what waits.",
}


def browsers(recent: Sequence[Caller]) -> Iterator[Finding]:
    """What a page in a browser needs, unless one has called lately."""
    if recent and not any("browser" in caller.client.lower() for caller in recent):
        return
    yield Finding(
        severity=Severity.NOTE,
        title="A page from a public address cannot send errors to this machine by itself.",
        meaning="Browsers ask before such a page may reach localhost (Local Network Access), and without a "
        "window they refuse. A page on http://localhost is free to send, and so is an https page, as "
        "loopback is no mixed content.",
        advice="For such a page use the client's tunnel through the app's own server.",
    )
