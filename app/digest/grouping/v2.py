"""Grouping, second version: what the client says, else the chain of exceptions and the app's own frames.

In order: the client's fingerprint; the user's rules; exceptions, each by its type and its in-app frames (all
frames when none is in-app, its normalised message when it has none); a content security policy's directive
and blocked host; the message, with the in-app frames of where it was logged if the client sent those. A frame
counts by module or file and by function, or by its source line where it has no function (`places`).

An exception that the client invented does not count by its type, an exception group counts by its distinct
leaves; where no exception has frames, the thread's are used. `reasons` describes the same for people: a
change here needs one there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct

from app import exception_tree
from app.digest.grouping import detailed_messages, messages, names, places, policies
from app.digest.grouping.fingerprint import filled_in, is_default, says_nothing
from app.digest.grouping.places import Which
from app.exception_tree import SIDEWAYS, Branch
from app.model import Event, ExceptionInfo, Frame

ALGORITHM = "v2"
_APART = "\x1e"
_MEMBER_OF_CHAIN = "\x1d"
_CSP = re.compile(r"CSP: (\S+) blocked (.+)")


class Stacks(Struct, frozen=True):
    """The places of each exception, and which frames they were made of."""

    places: Sequence[Sequence[str]]
    which: Which

    def identify(self) -> bool:
        """Whether any place has a name: nameless ones, as of a minified script, do not identify a bug."""
        for own in self.places:
            for place in own:
                if places.has_name(place):
                    return True
        return False


def key(event: Event) -> str:
    """The grouping key: 32 hex digits, stable."""
    return hashed(parts(event))


def hashed(parts: Iterable[str]) -> str:
    """The key that is made of `parts`."""
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def parts(event: Event) -> list[str]:
    """What the key is made of, in order."""
    if says_nothing(event.fingerprint):
        return by_default(event)
    found = ["fingerprint"]
    for part in event.fingerprint:
        if is_default(part):
            found += by_default(event)
        else:
            found.append(filled_in(part, event))
    return found


def by_default(event: Event) -> list[str]:
    """What the key is made of where the client has sent no fingerprint."""
    if event.exceptions:
        found = stacks(event)
        return [
            "exception",
            *_blocks(event.exceptions, found),
            *(() if any(found.places) else logged_at(event)),
        ]
    report = csp(event)
    if report is not None:
        return ["csp", *report]
    message = template(event) or event.message
    if message:
        return ["message", messages.normalise(message), *logged_at(event)]
    place = names.in_words(event.culprit) if event.culprit else event.logger or ""
    return ["nothing", messages.normalise(place), *logged_at(event)]


def stacks(event: Event) -> Stacks:
    """The places of the exceptions of `event`: the app's own, else all in-app ones, else all."""
    found: list[list[str]] = []
    for which in Which:
        found = [places.of(raised.frames, event.platform, which) for raised in event.exceptions]
        if any(found):
            return Stacks(found, which)
    return Stacks(found, Which.ALL)


def type_of(raised: ExceptionInfo) -> str:
    """The type as far as it counts: empty if the client invented the exception."""
    if raised.mechanism and raised.mechanism.get("synthetic"):
        return ""
    return names.type_name(raised.type) if raised.type else ""


def groups(exceptions: Sequence[ExceptionInfo]) -> dict[int, bool]:
    """The indexes of exception groups, and whether each of them is a member of another."""
    return _groups(exception_tree.branches(exceptions)) if exception_tree.has_tree(exceptions) else {}


def _groups(tree: Sequence[Branch]) -> dict[int, bool]:
    found = {branch.parent for branch in tree if branch.relation in SIDEWAYS}
    return {index: tree[index].relation in SIDEWAYS for index in found if index is not None}


def csp(event: Event) -> tuple[str, str] | None:
    """The directive and what it blocked, of a browser's report about a content security policy."""
    if event.tags.get("report") not in ("csp-violation", "csp"):
        return policies.violated(event.extra) if event.extra else None
    match = _CSP.fullmatch(event.title)
    return (match[1], match[2]) if match is not None else None


def template(event: Event) -> str | None:
    """The template of a log message, where the client sends it."""
    entry = event.extra.get("logentry")
    message = entry.get("message") if type(entry) is dict else None
    return message if type(message) is str and message else None


def logged_at(event: Event) -> Sequence[str]:
    """The in-app places of the thread that created an event without an exception."""
    return places.of(frames_logged_at(event), event.platform, Which.OWN)


def frames_logged_at(event: Event) -> Sequence[Frame]:
    """The frames of that thread: the one that crashed, else the current one."""
    threads = [thread for thread in event.threads if thread.frames and (thread.crashed or thread.current)]
    return max(threads, key=lambda thread: thread.crashed).frames if threads else ()


def _blocks(exceptions: Sequence[ExceptionInfo], stacks: Stacks) -> Iterable[str]:
    """The chain in order; for a group its distinct leaves, regardless of their number and order."""
    stacks_identify = stacks.identify()
    blocks = []
    for raised, own in zip(exceptions, stacks.places, strict=True):
        lines = [type_of(raised), *own]
        if not stacks_identify and raised.value:
            # The frames say little or nothing, so the message has to identify the bug.
            lines.append(messages.normalise(detailed_messages.message(raised)))
        blocks.append(_APART.join(lines))
    if len(blocks) == 1:
        return blocks
    tree = exception_tree.branches(exceptions) if exception_tree.has_tree(exceptions) else ()
    nested = _groups(tree)
    if not nested:
        return dict.fromkeys(blocks)
    # A group's own message says only how many it holds.
    outermost = [
        _APART.join((type_of(exceptions[index]), *stacks.places[index]))
        for index in sorted(nested)
        if not nested[index]
    ]
    return ["group", *sorted(_leaves(blocks, tree, nested)), *dict.fromkeys(outermost)]


def _leaves(blocks: Sequence[str], tree: Sequence[Branch], nested: Mapping[int, bool]) -> set[str]:
    """The members that are no groups, each as one with the causes of its own; and causes of groups."""
    below = exception_tree.children(tree)
    found = set()
    caused: set[int] = set()
    for index, branch in enumerate(tree):
        if branch.relation not in SIDEWAYS or index in nested:
            continue
        chain, waiting = [blocks[index]], [*below.get(index, ())]
        while waiting:
            cause = waiting.pop()
            if cause not in nested:
                caused.add(cause)
                chain.append(blocks[cause])
                waiting += below.get(cause, ())
        found.add(_MEMBER_OF_CHAIN.join(chain))
    found.update(
        block
        for index, block in enumerate(blocks)
        if index not in nested and index not in caused and tree[index].relation not in SIDEWAYS
    )
    return found
