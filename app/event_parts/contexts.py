"""Contexts by the names and in the order in which a person looks for them, their values made readable.

Source: https://develop.sentry.dev/sdk/data-model/event-payloads/contexts/
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from app import run_ending

# By their keys, in their order.
_TITLES = {
    "run": "Run",
    "response": "Response",
    "runtime": "Runtime",
    "app": "App",
    "browser": "Browser",
    "os": "System",
    "client_os": "Client's system",
    "device": "Device",
    "gpu": "Graphics",
    "culture": "Culture",
    "memory_info": "Memory",
    "threadpool_info": "Thread pool",
    "state": "State",
    "redux": "Redux",
    "react": "React",
    "celery-job": "Celery job",
    "lambda": "AWS Lambda",
    "aws.lambda": "AWS Lambda",
    "gcp": "Google Cloud",
    "azure": "Azure",
    "cloud_resource": "Cloud",
    "unity": "Unity",
    "unreal": "Unreal Engine",
    "otel": "OpenTelemetry",
    "profile": "Profile",
    "replay": "Replay",
    "trace": "Trace",
}
_BYTES = frozenset(
    """
    memory_size free_memory usable_memory app_memory storage_size free_storage external_storage_size
    external_free_storage body_size allocated_bytes fragmented_bytes heap_size_bytes
    high_memory_load_threshold_bytes total_available_memory_bytes memory_load_bytes
    total_committed_bytes promoted_bytes total_memory_bytes
    """.split()
)
_TIMES = frozenset("boot_time app_start_time build_time start_time timestamp start_timestamp".split())
_PERCENT = frozenset(("battery_level",))
_SUFFIXES = {"screen_dpi": " dpi", "processor_frequency": " MHz"}
_MS = ("_ms", "duration_in_millis", "execution_duration_in_millis", "remaining_time_in_millis")
_YEAR_2000, _YEAR_2100 = 946_684_800, 4_102_444_800


class Context(Struct, frozen=True):
    """One context. `title` is for people, `values` are what is in it, made readable."""

    key: str
    title: str
    values: Mapping[str, Any]
    summary: str


def ordered(contexts: Mapping[str, Any]) -> list[Context]:
    """All contexts that say something: the known ones in their order, and then the others by name."""
    places = {key: place for place, key in enumerate(_TITLES)}
    found = {str(key): value for key, value in contexts.items() if value not in ({}, None, "", [])}
    keys = sorted(found, key=lambda key: (places.get(key.lower(), len(places)), key.lower()))
    return [_context(key, found[key]) for key in keys]


def readable(name: str, value: Any) -> Any:
    """A value with its unit where its name says what it is: `17.2 GB`, `87 %`; others are as they are."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if name in _BYTES and value >= 1_000:
        return f"{_size(value)} ({value:,})"
    if name in _TIMES and _YEAR_2000 < value < _YEAR_2100:
        return datetime.fromtimestamp(value, UTC).isoformat(" ", "seconds")
    if name in _PERCENT and 0 <= value <= 100:
        return f"{value:g} %"
    if name in _SUFFIXES:
        return f"{value:g}{_SUFFIXES[name]}"
    return f"{value:,.0f} ms" if name.endswith(_MS) else value


def _context(key: str, value: Any) -> Context:
    title = _TITLES.get(key.lower(), key)
    if not isinstance(value, dict):
        listed = enumerate(value) if isinstance(value, (list, tuple)) else [("value", value)]
        return Context(key, title, {str(name): item for name, item in listed}, "")
    values = {name: readable(str(name), item) for name, item in value.items() if name != "type"}
    return Context(key, title, values, _summary(key, value))


def run_number(context: Context) -> int | None:
    """The number in the store of the run whose context this is."""
    number = context.values.get("number") if context.key == "run" else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _run(value: Mapping[str, Any]) -> str:
    """`python3 crash.py, exited with 1`, from what `main.py run` says of what it ran."""
    command, code, signal = (value.get(name) for name in ("command", "exit_code", "signal"))
    is_over = isinstance(code, int) or isinstance(signal, str)
    how = run_ending.words(
        is_over=True,
        exit_code=code if isinstance(code, int) else None,
        signal=signal if isinstance(signal, str) else None,
    )
    found = (command if isinstance(command, str) else "", how if is_over else "")
    return ", ".join(part for part in found if part)


def _summary(key: str, value: Mapping[str, Any]) -> str:
    """`CPython 3.11.7`: what the context says in a few words; empty where it has no such."""
    if key == "run" and (said := _run(value)):
        return said
    names = {
        "device": ("manufacturer", "brand", "model", "arch"),
        "app": ("app_name", "app_version", "app_build"),
        "gpu": ("vendor_name", "name"),
        "culture": ("locale", "timezone"),
        "response": ("status_code",),
        "trace": ("op", "trace_id"),
        "state": ("state",),
    }.get(key, ("name", "version"))
    words = [str(value[name]) for name in names if isinstance(value.get(name), (str, int, float))]
    return " ".join(dict.fromkeys(word for word in words if word))


def _size(value: float) -> str:
    for prefix in ("", "k", "M", "G", "T"):
        if value < 1000 or prefix == "T":
            return f"{value:.1f} {prefix}B"
        value /= 1000
    raise AssertionError("unreachable")
