"""The programs and libraries of a process, which `debug_meta` lists, and where in them a call was.

See https://develop.sentry.dev/sdk/data-model/event-payloads/debugmeta/. Nothing here is symbolicated: a call
without a name is identified by its place in an image, which is equal in each run of one build.
"""

import re
from bisect import bisect_right
from functools import cached_property
from typing import Any

import msgspec

from app.protocols.event import code_address
from app.protocols.sentry import schema

_RELATIVE = re.compile(r"rel:(?P<index>\d{1,5})")
_NAMELESS = frozenset(("", "<redacted>", "<unknown>", "unknown", "?", "??"))
_MOST = 5_000


class Image:
    """One program or library: where it begins and ends in memory, and what identifies its build."""

    __slots__ = ("build", "end", "file", "start")

    def __init__(self, sent: dict[str, Any]) -> None:
        start, size = (_number(sent.get(name)) for name in ("image_addr", "image_size"))
        self.start = start
        self.end = None if start is None or not size else start + size
        build = sent.get("debug_id") or sent.get("code_id") or sent.get("uuid")
        self.build = build.lower() if isinstance(build, str) else None
        file = sent.get("code_file") or sent.get("name") or sent.get("debug_file")
        self.file = file if isinstance(file, str) and file else None


class Images:
    """The images of an event. They are read only where a frame needs them."""

    def __init__(self, wire: schema.SentryEvent) -> None:
        self._wire = wire

    def locate(self, frame: schema.SentryFrame) -> tuple[str | None, Image | None]:
        """The address of a nameless frame in its image and that image, each None where it is not known."""
        address = code_address.number(frame.instruction_addr)
        if address is None or (frame.function or "") not in _NAMELESS:
            return None, None
        relative = _RELATIVE.fullmatch(frame.addr_mode) if isinstance(frame.addr_mode, str) else None
        if relative is not None:
            index = int(relative["index"])
            image = self._listed[index] if index < len(self._listed) else None
            return (None if image is None else self._within(address, image)), image
        start = code_address.number(frame.image_addr)
        image = self._starting_at(start) if start is not None else self._around(address)
        if image is not None and image.start is not None:
            start = image.start
        if start is None or address < start:
            return None, image
        return self._within(address - start, image), image

    def _within(self, offset: int, image: Image | None) -> str:
        build = image.build if image is not None else None
        return code_address.within(offset, build or self._wire.release)

    def _starting_at(self, start: int) -> Image | None:
        place = bisect_right(self._starts, start) - 1
        return self._by_start[place] if place >= 0 and self._starts[place] == start else None

    def _around(self, address: int) -> Image | None:
        place = bisect_right(self._starts, address) - 1
        image = self._by_start[place] if place >= 0 else None
        return image if image is not None and (image.end is None or address < image.end) else None

    @cached_property
    def _listed(self) -> list[Image]:
        meta = self._wire.debug_meta or _decoded(self._wire.debug_images)
        sent = meta.get("images") if isinstance(meta, dict) else None
        return [
            Image(one if isinstance(one, dict) else {})
            for one in (sent if isinstance(sent, list) else [])[:_MOST]
        ]

    @cached_property
    def _by_start(self) -> list[Image]:
        return sorted((one for one in self._listed if one.start is not None), key=lambda one: one.start or 0)

    @cached_property
    def _starts(self) -> list[int]:
        return [one.start or 0 for one in self._by_start]


def _decoded(sent: Any) -> Any:
    """The images that the outline of an event has undecoded."""
    if not isinstance(sent, msgspec.Raw) or not memoryview(sent):
        return None
    try:
        return msgspec.json.decode(sent)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # The whole event says what is wrong with it, when it is shown.
        return None


def _number(value: Any) -> int | None:
    return code_address.number(value) if isinstance(value, int | str) else None
