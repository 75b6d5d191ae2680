import pytest

from app.protocols import table
from tests.protocols import captures, notices


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/entries", {"x-apikey": "checkout_api"}, b"", "checkout_api"),
        ("/entries", {}, b"apikey=checkout_api", "checkout_api"),
        ("/entries/bulk", {"x-apikey": "checkout_api"}, b"", "checkout_api"),
        ("/checkout_api/entries/", {}, b"", "checkout_api"),
        ("/checkout_api/entries/bulk", {}, b"", "checkout_api"),
        ("/entries", {}, b"", ""),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name == "raygun.entry"
    assert protocol.accept(request).project == project
    assert protocol.answer(table.Accepted(project, notices.ID)).status == 202


def test_an_empty_body_is_refused() -> None:
    protocol, request = captures.arrival("/entries", b" \n")

    with pytest.raises(table.Malformed):
        protocol.accept(request)
