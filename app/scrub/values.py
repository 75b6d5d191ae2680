"""Hides secrets in values of any shape: decoded JSON, and the structs of `app.model`."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.scrub.rules import BUILT_IN, Rules
from app.secret_names import is_harmless, is_secret
from app.secrets_in_text import FILTERED

# Takes the place, the rule's name, and what was found.
Found = Callable[[str, str, str], None]
DEEPEST = 100
_CODE = frozenset(("context", "context_line", "pre_context", "post_context", "code", "contextline"))
# Bugsnag, Honeybadger and Rollbar name the project by them, as the key of a DSN does.
_PROJECT_KEYS = frozenset(("apiKey", "api_key", "access_token"))
_NAMES, _VALUES = ("key", "name"), ("value", "values")
_NOT_SHOWN = frozenset(("event_id", "project", "protocol", "platform", "algorithm"))


class Scrubber:
    """Applies `rules`; `found` is told of everything that is hidden.

    With `only_own`, the built-in rules are left out: they have been applied.
    """

    def __init__(self, rules: Rules, found: Found | None = None, *, only_own: bool = False) -> None:
        self._rules = rules
        self._found = found
        self._only_own = only_own

    def struct(self, value: Any, place: str = "") -> Any:
        """A struct, or any value within one, without secrets. What identifies an event stays as it is."""
        if isinstance(value, Struct):
            changed = {}
            for name in value.__struct_fields__:
                before = getattr(value, name)
                if name in _NOT_SHOWN or before is None or isinstance(before, Enum):
                    continue
                after = self._named(name, before, _below(place, name))
                if after is not before:
                    changed[name] = after
            return replace(value, **changed) if changed else value
        return self.value(value, place)

    def _named(self, name: str, value: Any, place: str) -> Any:
        if isinstance(value, tuple):
            after = tuple(self._named(name, each, place) for each in value)
            return after if any(a is not b for a, b in zip(after, value, strict=True)) else value
        return self.struct(value, place) if isinstance(value, Struct) else self.value(value, place, name=name)

    def document(self, value: Any) -> Any:
        """The JSON document of a report."""
        if not isinstance(value, dict):
            return self.value(value)
        kept = {name: value[name] for name in _PROJECT_KEYS & value.keys() if isinstance(value[name], str)}
        return {**self.value({**value, **dict.fromkeys(kept)}), **kept}

    def value(self, value: Any, place: str = "", depth: int = DEEPEST, name: str = "") -> Any:
        """A decoded JSON value without secrets; the same object where there are none in a text."""
        if isinstance(value, str):
            return self._text(value, place, is_code=name in _CODE)
        if depth == 0:
            return self._all_hidden(value, place, "nested too deep")
        if isinstance(value, dict):
            return self._mapping(value, place, depth)
        if isinstance(value, (list, tuple)):
            return self._list(value, place, depth, name)
        return value

    def _text(self, text: str, place: str, *, is_code: bool) -> str:
        found = self._found
        note = None if found is None else lambda rule, what: found(place, rule, what)
        if self._only_own:
            return self._rules.hide_own(text, note)
        return self._rules.hide(text, note, is_code=is_code)

    def _mapping(self, values: dict[Any, Any], place: str, depth: int) -> dict[Any, Any]:
        pair = self._pair(values)
        changed = {}
        for name, value in values.items():
            text = str(name)
            here = _below(place, text)
            # As in OTLP, Elastic's intake and many loggers: {"key": "password", "value": …}.
            rule = self._rule(text) or (self._rule(pair) if pair and name in _VALUES else "")
            if rule and not is_harmless(value):
                changed[name] = self._all_hidden(value, here, rule)
            elif rule and isinstance(value, dict) and pair:
                changed[name] = self._leaves_hidden(value, here, rule)
            else:
                changed[name] = self.value(value, here, depth - 1, text)
        return changed

    def _pair(self, values: dict[Any, Any]) -> str:
        named = next((values[each] for each in _NAMES if isinstance(values.get(each), str)), "")
        return named if named and any(each in values for each in _VALUES) else ""

    def _list(self, values: Any, place: str, depth: int, name: str) -> Any:
        # Headers as pairs: ["Cookie", "…"].
        if len(values) == 2 and isinstance(values[0], str) and (rule := self._rule(values[0])):
            return type(values)((values[0], self._all_hidden(values[1], place, rule)))
        return type(values)(self.value(value, place, depth - 1, name) for value in values)

    def _rule(self, name: str) -> str:
        if self._rules.is_own_field(name):
            return f"field {name}"
        return BUILT_IN if not self._only_own and is_secret(name) else ""

    def _leaves_hidden(self, value: Any, place: str, rule: str) -> Any:
        if isinstance(value, dict):
            return {name: self._leaves_hidden(each, place, rule) for name, each in value.items()}
        return value if isinstance(value, bool) or value is None else self._all_hidden(value, place, rule)

    def _all_hidden(self, value: Any, place: str, rule: str) -> str:
        if self._found is not None and value != FILTERED:
            self._found(place, rule, value if isinstance(value, str) else "")
        return FILTERED


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
