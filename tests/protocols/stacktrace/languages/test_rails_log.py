import pytest

from app.protocols.stacktrace.languages import rails_log


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("F, [2026-11-30T09:20:58.367203 #8315] FATAL -- : [b6] [ada] x", "x"),
        ("E, [2026-11-30T09:20:58.367203 #8315] ERROR -- shop: x", "x"),
        ("[b685f3fd] app/x.rb:1", "app/x.rb:1"),
        ("2026-11-30T00:00:01.123Z pid=1 tid=abc WARN: /app/x.rb:5", "/app/x.rb:5"),
        ("app/x.rb:1", "app/x.rb:1"),
    ],
)
def test_what_a_logger_writes_before_a_line(line: str, rest: str) -> None:
    assert line[rails_log.beginning(line) :] == rest


def test_what_stands_between_a_heading_and_its_calls() -> None:
    message, source, causes = rails_log.message_and_source(
        [
            "more",
            "",
            "Caused by: A (x)",
            "Caused by: B::C (y (z))",
            "",
            "Information for: D (w):",
            "    7: <%= x %>",
        ]
    )

    assert message == ["more", ""]
    assert source == ((7, "<%= x %>"),)
    assert causes == [("A", "x"), ("B::C", "y (z)")]


def test_information() -> None:
    found = rails_log.information("Information for cause: NoMethodError (no x):")

    assert found is not None
    assert (found["cause"], found["type"]) == (" cause", "NoMethodError")
    assert rails_log.information("Information for you") is None
