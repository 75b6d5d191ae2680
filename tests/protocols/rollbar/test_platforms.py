from typing import Any

import pytest

from app.protocols.rollbar import platforms
from tests.protocols.rollbar.items import event_of, trace


@pytest.mark.parametrize(
    ("name", "version", "column"),
    [
        ("node_rollbar", "0.6.6", 11),
        ("node_rollbar", "2.4.7", 11),
        ("node_rollbar", "2.8.1", 12),
        ("node_rollbar", "2.26.5", 12),
        ("node_rollbar", None, 12),
        ("rollbar-browser-js", "2.26.5", 11),
    ],
)
def test_newer_versions_for_node_count_columns_from_0(name: str, version: str | None, column: int) -> None:
    notifier = {"name": name, "version": version}

    event = event_of(
        {"notifier": notifier, "body": trace({"filename": "shop.js", "lineno": 21, "colno": 11})}
    )

    assert event.exceptions[0].frames[0].column == column


@pytest.mark.parametrize(
    ("item", "platform"),
    [
        ({"language": "python 3.11.7"}, "python"),
        ({"language": "javascript", "framework": "browser-js"}, "javascript"),
        ({"language": "javascript", "notifier": {"name": "node_rollbar"}}, "node"),
        ({"language": "javascript", "framework": "node-js"}, "node"),
        ({"language": "Kotlin"}, "java"),
        ({"language": "C#"}, "csharp"),
        ({"notifier": {"name": "rollbar-gem"}, "framework": "Rails: 7.1"}, "ruby"),
        ({"notifier": {"name": ["odd"]}}, None),
        ({}, None),
    ],
)
def test_the_language_goes_before_the_notifier(item: dict[str, Any], platform: str | None) -> None:
    assert event_of({**item, "body": trace()}).platform == platform


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("python 3.11.7", {"name": "python", "version": "3.11.7"}),
        ("Rails: 7.1", {"name": "Rails:", "version": "7.1"}),
        ("flask", {"name": "flask"}),
        (" ", {}),
        (None, {}),
    ],
)
def test_a_name_with_its_version(words: str | None, expected: dict[str, str]) -> None:
    assert platforms.with_version(words) == expected
