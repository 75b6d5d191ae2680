"""The catalogue of clients: docs/clients.md is generated from it, and its lines contain the real address."""

import ast
from pathlib import Path

import pytest

from app.clients import Client, clients, markdown

PAGE = Path(__file__).parents[1] / "docs" / "clients.md"
WITHOUT_ADDRESS = {"Sentry for Python, without a DSN"}


def test_the_page_is_made_from_the_catalogue() -> None:
    assert PAGE.read_text("utf-8") == markdown(), "run: python -m app.clients > docs/clients.md"


def test_names_are_unique() -> None:
    names = [client.name for client in clients("http://127.0.0.1:1974")]
    assert len(names) == len(set(names))


def test_clients_are_ordered_by_group() -> None:
    groups = [client.group for client in clients("http://127.0.0.1:1974")]
    assert list(dict.fromkeys(groups)) == ["Python", "Node", "Browser", "Ruby", "Any language", "E-mail"]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)


@pytest.mark.parametrize(
    "client", clients("http://127.0.0.2:4321", "shop", smtp_port=4322), ids=lambda client: client.name
)
def test_lines_contain_the_address_and_the_project(client: Client) -> None:
    if client.name not in WITHOUT_ADDRESS:
        assert "127.0.0.2" in client.code
        assert "4321" in client.code or "4322" in client.code
        assert "shop" in client.code
    assert "1974" not in client.code
    assert client.when_nobody_listens.endswith(".")
    assert bool(client.package) == bool(client.install)
    if client.language == "python":
        ast.parse(client.code)
