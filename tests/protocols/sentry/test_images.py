"""Where in a program a call without a name was."""

import json
from typing import Any

import pytest

from app.digest.grouping import v2
from app.model import Event
from app.protocols import table
from app.protocols.sentry import read
from app.protocols.sketch import delivered
from tests.protocols import captures

REPORT = captures.report_of("sentry.envelope", table.Accepted("shop", "0123456789abcdef0123456789abcdef"))
BUILD = "3F9C1A00-1111-2222-3333-444455556666"
SHOP = {"type": "elf", "image_addr": "0x7f0000000000", "image_size": 65536, "debug_id": BUILD}


def event_of(*frames: dict[str, Any], images: Any = None, release: str | None = None) -> Event:
    event = {
        "platform": "native",
        "release": release,
        "exception": {"values": [{"type": "SIGSEGV", "value": "x", "stacktrace": {"frames": frames}}]},
    }
    if images is not None:
        event["debug_meta"] = {"images": images}
    body = b'{}\n{"type":"event"}\n' + json.dumps(event).encode()
    (outline,) = delivered(read.outline_envelope(REPORT, body)).events
    (found,) = read.read_envelope(REPORT, body).events
    assert v2.key(outline) == v2.key(found), "it is filed as it is shown"
    assert outline.exceptions[0].frames == found.exceptions[0].frames
    return found


def address_of(frame: dict[str, Any], images: Any = None, release: str | None = None) -> str | None:
    return event_of(frame, images=images, release=release).exceptions[0].frames[0].address


def test_the_image_around_an_address_is_found() -> None:
    other = {"image_addr": 0x7F0000100000, "image_size": 0x1000, "debug_id": "00"}
    frame = {"instruction_addr": "0x7f0000001234"}

    assert address_of(frame, [other, SHOP]) == f"{BUILD.lower()}+0x1234"
    assert address_of({"instruction_addr": "0x7f0000010000"}, [other, SHOP]) is None, "behind its end"
    assert address_of({"instruction_addr": "0x6f0000010000"}, [other, SHOP]) is None, "before all"


def test_the_frame_says_which_image() -> None:
    frame = {"instruction_addr": 0x7F0000001234, "image_addr": 0x7F0000000000}

    assert address_of(frame, [SHOP]) == f"{BUILD.lower()}+0x1234"
    assert address_of(frame) == "+0x1234"
    assert address_of(frame, release="shop@1") == "shop@1+0x1234"
    assert address_of({**frame, "image_addr": "0x7f0000002000"}) is None


def test_relative_addresses() -> None:
    frame = {"instruction_addr": "0x1234", "addr_mode": "rel:1"}

    assert address_of(frame, [{}, SHOP]) == f"{BUILD.lower()}+0x1234"
    assert address_of(frame, [SHOP]) is None


def test_a_function_with_a_name_has_no_address() -> None:
    assert address_of({"function": "pay", "instruction_addr": "0x7f0000001234"}, [SHOP]) is None
    assert address_of({"function": "<redacted>", "instruction_addr": "0x7f0000001234"}, [SHOP]) is not None


@pytest.mark.parametrize(
    "images", [7, [], [7], [{"image_addr": "odd", "image_size": "odd"}], [{"image_addr": {}}]]
)
def test_images_in_any_state(images: Any) -> None:
    assert address_of({"instruction_addr": "0x7f0000001234"}, images) is None


def test_two_runs_of_a_build_are_one_bug_and_other_code_and_builds_are_others() -> None:
    def crash(base: int, offset: int, build: str = BUILD) -> str:
        image = {**SHOP, "image_addr": hex(base), "debug_id": build, "code_file": "/opt/shop/bin/shop"}
        return v2.key(event_of({"instruction_addr": hex(base + offset)}, images=[image]))

    first = crash(0x7F0000000000, 0x1234)
    assert crash(0x7A3400000000, 0x1234) == first
    assert crash(0x7A3400000000, 0x4444) != first
    assert crash(0x7F0000000000, 0x1234, "other") != first


def test_the_images_file_stands_for_the_file() -> None:
    images = [{**SHOP, "code_file": "/opt/shop/bin/shop"}]
    (frame,) = event_of({"instruction_addr": "0x7f0000001234"}, images=images).exceptions[0].frames

    assert (frame.function, frame.filename) == ("0x1234", "shop")
