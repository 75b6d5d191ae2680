"""Frames of compiled code, as Sentry's clients for C, C++, Swift, Rust, Java and .NET send them."""

import json
from typing import Any

import pytest

from app.model import Event, Frame
from app.protocols import table
from app.protocols.sentry import minidump, read
from app.protocols.sketch import delivered
from tests.protocols import captures

REPORT = captures.report_of("sentry.envelope", table.Accepted("shop", "0123456789abcdef0123456789abcdef"))


def event_of(platform: str, *frames: dict[str, Any]) -> Event:
    event = {"platform": platform, "exception": {"values": [{"type": "E", "stacktrace": {"frames": frames}}]}}
    body = b'{}\n{"type":"event"}\n' + json.dumps(event).encode()
    (outline,) = delivered(read.outline_envelope(REPORT, body)).events
    (found,) = read.read_envelope(REPORT, body).events
    assert found.problems == ()
    assert (outline.title, outline.culprit) == (found.title, found.culprit)
    return found


def frames_of(platform: str, *frames: dict[str, Any]) -> tuple[Frame, ...]:
    return event_of(platform, *frames).exceptions[0].frames


def test_a_frame_without_a_name_shows_its_address_and_its_library() -> None:
    own = {"instruction_addr": "0x5573a1", "package": "/opt/shop/bin/shop", "image_addr": "0x557000"}
    event = event_of("native", {"instruction_addr": "0x7f02", "package": "/usr/lib/libc.so.6"}, own)

    library, program = event.exceptions[0].frames
    assert (program.function, program.filename, program.abs_path) == ("0x3a1", "shop", own["package"])
    assert (program.in_app, library.in_app) == (True, False)
    assert event.culprit == "shop in 0x3a1"
    assert library.function == "0x7f02", "nobody knows where that library begins"
    assert event.extra["exception.0.addresses"][1] == {"frame": 1, **own}


def test_a_frame_with_a_function_name_is_left_as_it_is() -> None:
    (frame,) = frames_of(
        "csharp",
        {
            "function": "Pay",
            "module": "Shop.Checkout",
            "package": "Shop, Version=1.0.0.0",
            "instruction_addr": "0x1",
        },
    )

    assert (frame.function, frame.module, frame.abs_path) == ("Pay", "Shop.Checkout", None)


@pytest.mark.parametrize(
    ("package", "is_own"),
    [
        ("/System/Library/Frameworks/UIKit.framework/UIKit", False),
        ("C:\\Windows\\System32\\ntdll.dll", False),
        ("/apex/com.android.runtime/lib64/bionic/libc.so", False),
        ("/var/containers/Bundle/Application/1/Shop.app/Shop", True),
        ("C:\\Shop\\shop.exe", True),
    ],
)
def test_libraries_of_the_system_are_recognised(package: str, is_own: bool) -> None:
    (frame,) = frames_of("native", {"package": package, "instruction_addr": "0x1"})

    assert frame.in_app is is_own


def test_what_the_client_says_of_a_frame_counts() -> None:
    (frame,) = frames_of("cocoa", {"package": "/usr/lib/x.dylib", "instruction_addr": "0x1", "in_app": True})

    assert frame.in_app


@pytest.mark.parametrize(
    ("platform", "module", "is_own"),
    [
        ("java", "org.springframework.web.Servlet", False),
        ("java", "com.shop.Checkout", True),
        ("csharp", "System.Threading.Tasks.Task", False),
        ("go", "net/http", False),
        ("python", "java.lang", True),
    ],
)
def test_modules_decide_where_paths_do_not(platform: str, module: str, is_own: bool) -> None:
    (frame,) = frames_of(platform, {"module": module, "function": "pay", "filename": "Pay.x"})

    assert frame.in_app is is_own


def test_a_frame_may_be_of_another_language_than_the_event() -> None:
    (frame,) = frames_of("cocoa", {"module": "java.lang.Thread", "function": "run", "platform": "java"})

    assert not frame.in_app


def test_what_every_frame_of_java_and_php_says_is_left() -> None:
    event = event_of("php", {"function": "pay", "raw_function": "pay"}, {"function": "run", "native": False})

    assert event.extra == {}
    event = event_of("java", {"function": "{closure}", "raw_function": "{closure#1}", "native": True})
    told = {"frame": 0, "raw_function": "{closure#1}", "native": True}
    assert event.extra == {"exception.0.addresses": [told]}


def test_a_minidump_alone_is_named() -> None:
    files = b'{"type":"attachment","length":4,"filename":"x.dmp","attachment_type":"event.minidump"}\nMDMP\n'
    body = b'{}\n{"type":"event"}\n{"platform":"native","level":"fatal"}\n' + files

    (event,) = read.read_envelope(REPORT, body).events

    assert event.title == minidump.NATIVE_CRASH
    assert [file.filename for file in event.attachments] == ["x.dmp"]


def test_the_address_that_a_client_leaves_to_the_server() -> None:
    body = b'{}\n{"type":"event"}\n{"user": {"id": "7", "ip_address": "{{auto}}"}}\n'

    (event,) = read.read_envelope(REPORT, body).events

    assert event.user == {"id": "7", "ip_address": "127.0.0.1"}
