"""Lines of several services, with traces and records among them."""

from app.printed.scanner import FoundError, Scanner

TRACE = [
    "Traceback (most recent call last):",
    '  File "/srv/a.py", line 1, in f',
    "    x()",
    "ValueError: no",
]


def scan(*lines: str) -> list[FoundError]:
    found: list[FoundError] = []
    scanner = Scanner(found.append)
    for number, line in enumerate(lines, 1):
        scanner.take(line, float(number), number)
    scanner.pause()
    assert not scanner.is_open
    return found


def test_a_trace_has_its_service_and_what_that_printed_before() -> None:
    (found,) = scan("web-1 | up", "db-1 | up", *(f"web-1 | {line}" for line in TRACE))
    assert found.service == "web"
    assert found.trace.text.splitlines() == TRACE
    assert [line.text for line in found.trace.before] == ["up"]
    assert found.trace.lines[0].number == 3


def test_a_record_ends_what_was_open_and_is_found_at_once() -> None:
    record = '{"level":"error","msg":"it failed"}'
    found: list[FoundError] = []
    scanner = Scanner(found.append)
    for line in (*TRACE, record):
        scanner.take(line)
    assert [error.trace.text.splitlines()[-1] for error in found] == [TRACE[-1], record]


def test_the_time_before_a_line_counts_more_than_when_it_was_read() -> None:
    (found,) = scan(*(f"2026-11-30T01:35:44Z {line}" for line in TRACE))
    assert found.trace.lines[-1].at == 1_796_002_544.0


def test_the_program_of_a_journal_is_the_service() -> None:
    (found,) = scan(*(f"Nov 30 01:35:44 host shop[7]: {line}" for line in TRACE))
    assert found.service == "shop"


def test_very_many_services_are_read_as_one_in_the_end() -> None:
    noise = [f"s{chr(97 + n // 26)}{chr(97 + n % 26)}-1 | x" for n in range(300)]
    (found,) = scan(*noise, *(f"zzz-1 | {line}" for line in TRACE))
    assert found.trace.text.splitlines() == TRACE
