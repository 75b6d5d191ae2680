"""What stands before a line in logs of several programs."""

import pytest

from app.printed.line_heads import Headed, take_off

AT = 1_796_002_544.0


@pytest.mark.parametrize(
    ("line", "headed"),
    [
        ("2026-11-30T01:35:44Z x  y", Headed("x  y", AT)),
        ("2026-11-30T01:35:44.500000000Z ", Headed("", AT + 0.5)),
        ("2026-11-30T02:35:44+01:00 x", Headed("x", AT)),
        ("2026-11-30T02:35:44+0100 host shop[12]: x", Headed("x", AT, "shop")),
        (
            "2026-11-30T01:35:44.25Z host my-app.service[12]:   at f",
            Headed("  at f", AT + 0.25, "my-app.service"),
        ),
        ("Nov 30 01:35:44 host shop[123]: x", Headed("x", None, "shop")),
        ("Nov  3 01:35:44 host shop[123]: ", Headed("", None, "shop")),
        ("Nov 30 01:35:44 a line of no syslog", Headed("Nov 30 01:35:44 a line of no syslog")),
        ("2026-11-30 01:35:44,123 ERROR x", Headed("2026-11-30 01:35:44,123 ERROR x")),
        ("no head", Headed("no head")),
        ("", Headed("")),
    ],
)
def test_the_head_is_taken_off(line: str, headed: Headed) -> None:
    assert take_off(line) == headed
