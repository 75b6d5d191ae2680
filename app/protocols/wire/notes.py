"""Keeps what an event has no field for, and the problems of reading it: nothing that came is lost."""

from typing import Any

from msgspec import Struct, field

_PROBLEMS = 50
KINDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class Notes(Struct):
    """What one event could not hold, by its path in what was sent, and what was not understood.

    `subject` is what the client calls the thing: problems speak of it.
    """

    subject: str = "event"
    kept: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    silent: int = 0

    def keep(self, name: str, value: Any) -> None:
        """Keep `value` under `name`, beside what has that name already."""
        while name in self.kept:
            name += "'"
        self.kept[name] = value

    def problem(self, sentence: str) -> None:
        """Note `sentence`; after fifty of them only count."""
        if len(self.problems) < _PROBLEMS:
            self.problems.append(sentence)
        else:
            self.silent += 1

    def odd(self, name: str, value: Any, wanted: str) -> None:
        """Keep a value of the wrong type, and say so."""
        self.keep(name, value)
        self.problem(f"{name} should be {wanted}, but is {kind_of(value)}; it is kept in extra.")

    def sentences(self) -> tuple[str, ...]:
        """Every problem, and how many more there were."""
        more = (f"… and {self.silent} more problems like these.",) if self.silent else ()
        return (*self.problems, *more)


def kind_of(value: Any) -> str:
    """What kind of value it is, in words."""
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else KINDS.get(type(value), "null")
