"""Why an event has its grouping key, in sentences for people: what counted, and what did not.

Computed only when the event is shown, from the parts of `v2` that the key is made of.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.digest.grouping import detailed_messages, messages, places, v2
from app.digest.grouping.fingerprint import filled_in, is_default, says_nothing
from app.digest.grouping.packages import package
from app.digest.grouping.places import Which
from app.model import NOT_COUNTED, Event, Frame

_SHOWN_PLACES = 6
_SHOWN_PACKAGES = 4
_SHOWN = 200
_NEVER = "line numbers, folders, hosts, users and releases"
_NEVER_IN_BUILD = "line numbers, folders, hosts and users"


def why(event: Event) -> tuple[str, ...]:
    """The sentences; those about what did not count begin with `NOT_COUNTED`, and come last."""
    fingerprint = event.fingerprint
    if says_nothing(fingerprint):
        counted, not_counted = _by_default(event)
    else:
        filled = [part if is_default(part) else filled_in(part, event) for part in fingerprint]
        counted = ["fingerprint from the client: " + ", ".join(filled)]
        not_counted = ["all else, since the client's fingerprint decides"]
        if any(is_default(part) for part in fingerprint):
            more, not_counted = _by_default(event)
            counted += more
    return (*counted, *(NOT_COUNTED + reason for reason in not_counted))


def _by_default(event: Event) -> tuple[list[str], list[str]]:
    if event.exceptions:
        return _of_exceptions(event)
    report = v2.csp(event)
    if report is not None:
        policy = f"content security policy: {report[0]} blocked {report[1]}"
        return [policy], ["the page, the rest of the address, and where in the page it was"]
    return _of_message(event)


def _of_exceptions(event: Event) -> tuple[list[str], list[str]]:
    exceptions = event.exceptions
    stacks = v2.stacks(event)
    nested = v2.groups(exceptions)
    types = dict.fromkeys(v2.type_of(raised) or "no type" for raised in exceptions)
    counted = [("exception types: " if len(types) > 1 else "exception type: ") + " ← ".join(reversed(types))]
    places = list(dict.fromkeys(place for own in stacks.places for place in own if place))
    message = detailed_messages.message(exceptions[-1])
    not_counted = []
    if nested:
        counted.append("an exception group: by its distinct leaves")
        not_counted.append("how many leaves the group has, in which order, and how they nest")
    if places:
        which = "in-app frames" if stacks.which is not Which.ALL else "frames (none is in-app)"
        counted.append(f"{which}: {_path(places)}")
    elif at := v2.logged_at(event):
        counted.append(f"in-app frames of the thread, since the exception has none: {_path(at)}")
    if stacks.identify() and any(raised.value for raised in exceptions):
        not_counted.append("the message, since frames tell more")
    elif message:
        counted.append(f"message without what varies: {messages.normalise(message)[:_SHOWN]}")
        not_counted.append("numbers, ids, dates, addresses and quoted values in the message")
    if any(raised.type and not v2.type_of(raised) for raised in exceptions):
        not_counted.append("an exception type that the client made up")
    frames = [frame for raised in exceptions for frame in raised.frames]
    # An address says the same of one build only.
    is_by_build = any(frame.address and any(frame.address in place for place in places) for frame in frames)
    never = _NEVER_IN_BUILD if is_by_build else _NEVER
    return counted, [*not_counted, *_frames_left_out(frames, event.platform, stacks.which), never]


def _of_message(event: Event) -> tuple[list[str], list[str]]:
    template = v2.template(event)
    at = v2.logged_at(event)
    not_counted = []
    if template:
        counted = [f"message template: {template[:_SHOWN]}"]
        not_counted.append("the values that were filled in")
    elif event.message:
        counted = [f"message without what varies: {messages.normalise(event.message)[:_SHOWN]}"]
        not_counted.append("numbers, ids, dates, addresses and quoted values in it")
    else:
        place = event.culprit or event.logger or "an unknown place"
        counted = [f"no exception and no message; from {place}"]
    if at:
        counted.append(f"in-app frames of where it was logged: {_path(at)}")
        not_counted += _frames_left_out(v2.frames_logged_at(event), event.platform, Which.OWN)
    return counted, [*not_counted, _NEVER]


def _path(places: Sequence[str]) -> str:
    path = " → ".join(place.rstrip(":") for place in places[-_SHOWN_PLACES:])
    return f"… → {path}" if len(places) > _SHOWN_PLACES else path


def _frames_left_out(frames: Sequence[Frame], platform: str | None, which: Which) -> Iterable[str]:
    foreign = [frame for frame in frames if not places.is_of(frame, platform, which)]
    rest = [frame for frame in frames if places.is_of(frame, platform, which)]
    wrapping = sum(places.wraps(frame, platform) for frame in rest)
    if foreign:
        yield _of_packages(foreign)
    if wrapping:
        yield f"{_frames(wrapping)} that only {'wraps' if wrapping == 1 else 'wrap'} the app's"
    if raising := sum(places.raises(frame, platform) for frame in rest):
        yield f"{_frames(raising)} that raised or reported the error, and what was called after that"


def _of_packages(foreign: Sequence[Frame]) -> str:
    packages = Counter(package(frame) for frame in foreign)
    common = packages.most_common(_SHOWN_PACKAGES)
    others = ", ".join(f"{count} of {name}" for name, count in common[1:])
    name, count = common[0]
    left = packages.total() - sum(count for _name, count in common)
    more = f", {left} of others" if left else ""
    return f"{_frames(count)} of {name}" + (f", {others}" if others else "") + more


def _frames(count: int) -> str:
    return "1 frame" if count == 1 else f"{count} frames"
