"""A tool: its name, what it is told to assistants as, its arguments, and the function that answers."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from app.assistants.call import Call, Refused
from app.plain_text import one_line
from app.sharing.limits import DEFAULT_CHARACTERS

LEAST_BUDGET, MOST_BUDGET = 2_000, 100_000
# Larger numbers are not exact in JavaScript, which most assistants are written in.
LARGEST_NUMBER = 2**53 - 1
_LONGEST_NAME = 60

Number = Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
OptionalNumber = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
Budget = Annotated[
    int,
    Meta(
        ge=LEAST_BUDGET,
        le=MOST_BUDGET,
        description="The longest answer wanted, in characters. What does not fit is left out, and named.",
    ),
]
Name = Annotated[str, Meta(max_length=200)]
Search = Annotated[str, Meta(max_length=2_000)]
EventId = Annotated[
    str, Meta(max_length=64, description="An event's id, of 32 hex digits. Empty: the issue's newest event.")
]


class Arguments(Struct, forbid_unknown_fields=True, kw_only=True):
    """What a tool is called with."""


class Nothing(Arguments, kw_only=True):
    """No arguments."""


class Bounded(Arguments, kw_only=True):
    """What a tool is called with whose answer may be long."""

    budget: Budget = DEFAULT_CHARACTERS


class OfEvent(Bounded, kw_only=True):
    """An event: by its id, or the newest one of an issue."""

    event_id: EventId = ""
    issue: Annotated[OptionalNumber, Meta(description="An issue's number, if no event_id is given.")] = 0


class Tool(Struct, frozen=True, kw_only=True):
    """One tool. `answer` is called with the call and an instance of `arguments`; it runs on a thread.

    With `changes` it changes something; such a tool is not there for assistants that may only read.
    `is_repeatable`: to call it again changes nothing more. With `waits` it may take minutes. `is_ours`: what
    stands in its code marks is ours, not an event's.
    """

    name: str
    title: str
    text: str
    arguments: type[Arguments]
    answer: Callable[[Call, Any], str]
    changes: bool = False
    is_repeatable: bool = True
    waits: bool = False
    is_ours: bool = False

    def schema(self) -> dict[str, Any]:
        """The arguments as JSON Schema 2020-12."""
        whole = msgspec.json.schema(self.arguments)
        schema: dict[str, Any] = whole["$defs"][self.arguments.__name__]
        # A name of a class of ours, and its docstring, tell an assistant nothing.
        return {name: value for name, value in schema.items() if name not in ("title", "description")}

    def read(self, given: Mapping[str, Any]) -> Arguments:
        """The arguments of a call. Raises `Refused` with what is wrong with them."""
        names = self.arguments.__struct_fields__
        for name in given:
            if name not in names:
                near = get_close_matches(name[:_LONGEST_NAME], names, 1)
                meant = f" Did you mean “{near[0]}”?" if near else ""
                raise Refused(
                    f"{self.name} has no argument “{one_line(name, _LONGEST_NAME)}”.{meant} It has: "
                    f"{', '.join(names) or 'none'}."
                )
        try:
            return msgspec.convert(dict(given), self.arguments, strict=False)
        except (msgspec.ValidationError, ValueError) as error:
            raise Refused(f"The arguments of {self.name} cannot be used: {_plainly(error)}.") from error


def _plainly(error: Exception) -> str:
    """What msgspec says, `$.issue` said as `issue`."""
    return one_line(str(error)).replace("`$.", "`").rstrip(".")
