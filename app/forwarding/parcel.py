"""What goes to the courier's process and comes back: a report to be passed on, and what became of it."""

from msgspec import Struct


class ForwardParcel(Struct, frozen=True):
    """A report for the target `dsn`; `own_ports` are this engine's, `limits` as in `rate_limits.read`."""

    dsn: str
    endpoint: str
    head: bytes
    body: bytes
    limits: dict[str, int]
    own_ports: tuple[int, ...]
    now: int


class ForwardOutcome(Struct, frozen=True):
    """What became of it. Without an `error` the target has it.

    `is_final`: the target has refused this report for good. `is_reports`: it may be the report's fault.
    `until` (microseconds): it is not wanted before then; `is_unwanted`: nor would a client send it later.
    `limits` are those in force.
    """

    error: str | None = None
    is_final: bool = False
    is_reports: bool = False
    until: int | None = None
    is_unwanted: bool = False
    limits: dict[str, int] = {}
