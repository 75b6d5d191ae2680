"""Services that share one terminal."""

import pytest

from app.printed.services import Services


@pytest.mark.parametrize(
    ("line", "service", "text"),
    [
        ("web-1  | Traceback (most recent call last):", "web", "Traceback (most recent call last):"),
        ('web-1  |   File "a.py", line 1', "web", '  File "a.py", line 1'),
        ("shop_api_2 | text", "shop_api", "text"),
        ("12:01:07 web.1   | text", "web", "text"),
        ("my-db-10 |", "my-db", ""),
        ("no service", None, "no service"),
        ("a | b", None, "a | b"),
        ("| 1 | 2 |", None, "| 1 | 2 |"),
        ("[error] it failed", None, "[error] it failed"),
    ],
)
def test_a_numbered_service_stands_before_its_lines(line: str, service: str | None, text: str) -> None:
    assert Services().split(line) == (service, text)


def test_a_name_without_a_number_is_believed_once_compose_has_listed_it() -> None:
    services = Services()
    assert services.split("db  | ready") == (None, "db  | ready")
    services.split("Attaching to db, web-1")
    assert services.split("db  | ready") == ("db", "ready")
    assert services.split("other | ready") == (None, "other | ready")


def test_names_in_brackets_are_services_once_two_of_them_keep_coming() -> None:
    services = Services()
    first = [services.split(f"[{name}] line {n}") for n in range(3) for name in ("web", "api")]
    assert first[0] == (None, "[web] line 0")
    assert services.split("[web] Error: x") == ("web", "Error: x")
    assert services.split("[api] Error: x") == ("api", "Error: x")


def test_one_name_in_brackets_is_a_logger() -> None:
    services = Services()
    assert {services.split(f"[shop] line {n}")[0] for n in range(20)} == {None}
