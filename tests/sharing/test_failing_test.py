"""The language and the framework of a test follow the event."""

from typing import Any

import pytest

from app.model import ExceptionInfo, Frame
from app.sharing import failing_test
from tests.factories import make_event
from tests.sharing.events import odd_events


@pytest.mark.parametrize(
    ("platform", "runner"),
    [("python", "pytest"), ("node", "Jest or Vitest"), ("java", "JUnit"), ("ruby", "RSpec"), ("go", "Go"),
     ("php", "PHPUnit"), ("csharp", "xUnit"), (None, "pytest")],
)  # fmt: skip
def test_the_platform_says_which(platform: str | None, runner: str) -> None:
    assert failing_test.of_event(make_event(platform=platform)).runner == runner


def test_without_a_platform_the_file_does() -> None:
    frames = (Frame(filename="src/cart.ts", function="total"),)
    event = make_event(exceptions=(ExceptionInfo(type="TypeError", frames=frames),), platform="other")
    assert failing_test.of_event(event).runner == "Jest or Vitest"


@pytest.mark.parametrize(
    ("fields", "framework"),
    [
        ({"exceptions": (ExceptionInfo(mechanism={"type": "django"}),)}, "django"),
        ({"exceptions": (ExceptionInfo(frames=(Frame(module="starlette.routing"),)),)}, "fastapi"),
        ({"modules": {"Flask": "3"}}, "flask"),
        ({}, ""),
    ],
)
def test_the_framework(fields: dict[str, Any], framework: str) -> None:
    assert failing_test.framework(make_event(**fields)) == framework


@pytest.mark.parametrize("event", odd_events())
def test_odd_events_have_one_too(event: object) -> None:
    assert failing_test.of_event(event).text  # type: ignore[arg-type]
