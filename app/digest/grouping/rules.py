"""The user's grouping rules: what an event's key ignores, treats as the same, and keeps apart.

`Ignore` and `Same` change the event that the algorithm gets; a client's own fingerprint, which takes
precedence, stays as it is. `Same` of keys, and `Apart`, change the resulting key: they correct any algorithm
and any client. Rules apply in the order in which they were made.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from hashlib import blake2b

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame

TAG = "tag:"
_SHOWN = 200


class RulePart(StrEnum):
    """What a rule applies to: a frame's module or function, an exception's type, words, the key."""

    MODULE = "module"
    FUNCTION = "function"
    TYPE = "type"
    WORDS = "words"
    KEY = "key"


class Ignore(Struct, frozen=True, tag="ignore"):
    """This part does not count: frames of this module or function, this type, or this text in messages."""

    part: RulePart
    text: str


class Same(Struct, frozen=True, tag="same"):
    """These count as the same: each is replaced by the first."""

    part: RulePart
    texts: tuple[str, ...]


class Apart(Struct, frozen=True, tag="apart"):
    """Events that differ in this are never one issue.

    `by` is ``message``, ``culprit`` or ``tag:NAME``; with `keys`, only events of those keys are meant.
    """

    by: str
    keys: tuple[str, ...] = ()


Definition = Ignore | Same | Apart
KeyOf = Callable[[Event], str]


class GroupingRule(Struct, frozen=True, kw_only=True):
    """A stored rule, for one project or for all."""

    id: int
    project: str | None
    definition: Definition


def key(event: Event, rules: Sequence[GroupingRule], key_of: KeyOf) -> str:
    """The key that `key_of` and the rules give."""
    meant = _meant(event, rules)
    current = event
    for rule in meant:
        current = _changed_by(current, rule)
    found = key_of(current)
    for rule in meant:
        found = _corrected(found, event, rule)
    return found


def keeps_apart(event: Event, rules: Sequence[GroupingRule], key_of: KeyOf) -> bool:
    """Whether an `Apart` among the rules changes the event's key."""
    others = [rule for rule in rules if not isinstance(rule.definition, Apart)]
    return len(others) < len(rules) and key(event, rules, key_of) != key(event, others, key_of)


def reasons(event: Event, rules: Sequence[GroupingRule], key_of: KeyOf) -> tuple[Event, tuple[str, ...]]:
    """The event as the algorithm sees it, and a sentence for each rule that made a difference."""
    meant = _meant(event, rules)
    current, sentences = event, []
    for rule in meant:
        changed = _changed_by(current, rule)
        if changed != current:
            sentences.append(in_words(rule))
        current = changed
    found = key_of(current)
    for rule in meant:
        corrected = _corrected(found, event, rule)
        if corrected != found:
            shown_value = f": “{value(event, rule.by)[:_SHOWN]}”" if isinstance(rule, Apart) else ""
            sentences.append(in_words(rule) + shown_value)
        found = corrected
    return current, tuple(f"your rule: {sentence}" for sentence in sentences)


def value(event: Event, by: str) -> str:
    """The value by which an `Apart` separates `event` from others; empty where it has none."""
    if by.startswith(TAG):
        return _tag(event, by.removeprefix(TAG))
    if by == "culprit":
        return event.culprit or ""
    if event.exceptions and event.exceptions[-1].value:
        return event.exceptions[-1].value
    return event.message or event.title


def in_words(definition: Definition) -> str:
    """The rule as a sentence."""
    match definition:
        case Ignore(part=part, text=text):
            return f"Ignore the {part} “{text}”"
        case Same(part=part, texts=texts):
            many = "words" if part is RulePart.WORDS else f"{part}s"
            return f"The {many} " + ", ".join(f"“{text}”" for text in texts) + " are the same"
        case Apart(by=by):
            what = f"the tag {by.removeprefix(TAG)}" if by.startswith(TAG) else f"the {by}"
            return f"Always keep apart by {what}" + (", within an issue" if definition.keys else "")


def encode(definition: Definition) -> str:
    """The definition as JSON."""
    return msgspec.json.encode(definition).decode()


def decode(text: str) -> Definition:
    """The definition that `encode` wrote."""
    found: Definition = msgspec.json.decode(text, type=Definition)
    return found


def _meant(event: Event, rules: Sequence[GroupingRule]) -> list[Definition]:
    return [rule.definition for rule in rules if rule.project is None or rule.project == event.project]


def _corrected(found: str, event: Event, rule: Definition) -> str:
    if isinstance(rule, Same) and rule.part is RulePart.KEY:
        return rule.texts[0] if found in rule.texts else found
    if isinstance(rule, Apart) and (not rule.keys or found in rule.keys):
        parts = "\x1f".join((found, "apart", rule.by, value(event, rule.by)))
        return blake2b(parts.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return found


def _tag(event: Event, name: str) -> str:
    if name in event.tags:
        return event.tags[name]
    own = {
        "environment": event.environment,
        "release": event.release,
        "server_name": event.server_name,
        "transaction": event.transaction,
        "browser": event.user_agent and event.user_agent.browser,
        "os": event.user_agent and event.user_agent.os,
    }
    return own.get(name) or ""


def _changed_by(event: Event, rule: Definition) -> Event:
    texts: tuple[str, ...]
    instead: str | None
    match rule:
        case Apart():
            return event
        case Ignore():
            texts, instead = (rule.text,), None
        case Same():
            texts, instead = rule.texts[1:], rule.texts[0]
    match rule.part:
        case RulePart.WORDS:
            return _with_texts_replaced(event, texts, instead or "")
        case RulePart.TYPE:
            return replace(event, exceptions=tuple(_with_type(e, texts, instead) for e in event.exceptions))
        case RulePart.MODULE | RulePart.FUNCTION:
            return _with_frames(event, lambda frames: _frames(frames, rule.part, texts, instead))
        case _:
            return event


def _with_texts_replaced(event: Event, texts: Sequence[str], instead: str) -> Event:
    def replaced(text: str | None) -> str | None:
        for old in texts:
            text = text and text.replace(old, instead)
        return text

    exceptions = tuple(replace(raised, value=replaced(raised.value)) for raised in event.exceptions)
    return replace(event, message=replaced(event.message), exceptions=exceptions)


def _with_type(raised: ExceptionInfo, texts: Sequence[str], instead: str | None) -> ExceptionInfo:
    return replace(raised, type=instead) if raised.type in texts else raised


def _with_frames(event: Event, change: Callable[[Sequence[Frame]], tuple[Frame, ...]]) -> Event:
    exceptions = tuple(replace(raised, frames=change(raised.frames)) for raised in event.exceptions)
    threads = tuple(replace(thread, frames=change(thread.frames)) for thread in event.threads)
    return replace(event, exceptions=exceptions, threads=threads)


def _frames(
    frames: Sequence[Frame], part: RulePart, texts: Sequence[str], instead: str | None
) -> tuple[Frame, ...]:
    found = []
    for frame in frames:
        if getattr(frame, part) not in texts:
            found.append(frame)
        elif instead is not None:
            found.append(replace(frame, **{str(part): instead}))
    return tuple(found)
