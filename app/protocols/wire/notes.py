"""Collects what an event has no field for, and the problems of reading it, so that nothing is lost."""

from typing import Any

from msgspec import Struct, field

_PROBLEMS = 50
KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class Notes(Struct):
    """Data without a field in the event, by its path in the report, and problems as sentences.

    `subject` is what the client calls what it sends; problems name it.
    """

    subject: str = "event"
    kept: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    silent: int = 0

    def keep(self, name: str, value: Any) -> None:
        """Keep `value` under `name`, with apostrophes appended if that name is taken."""
        while name in self.kept:
            name += "'"
        self.kept[name] = value

    def problem(self, sentence: str) -> None:
        """Add a problem; beyond fifty they are only counted."""
        if len(self.problems) < _PROBLEMS:
            self.problems.append(sentence)
        else:
            self.silent += 1

    def odd(self, name: str, value: Any, expected: str) -> None:
        """Keep a value of the wrong type, and say so."""
        self.keep(name, value)
        self.problem(f"{name} should be {expected}, but is {kind_of(value)}; it is kept in extra.")

    def sentences(self) -> tuple[str, ...]:
        """Every problem, and the number of those that were only counted."""
        more = (f"… and {self.silent} more problems like these.",) if self.silent else ()
        return (*self.problems, *more)


def kind_of(value: Any) -> str:
    """The kind of `value`, as a phrase."""
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else KINDS.get(type(value), "null")
