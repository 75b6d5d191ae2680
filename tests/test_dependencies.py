"""docs/dependencies.md names exactly what is depended on, and gives each a reason and a licence."""

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
CLIENTS = ROOT / "tests" / "clients"


def names(requirements: Iterable[str]) -> set[str]:
    """The packages that lines of a requirements file name, without versions."""
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {match[0].lower() for match in found if match is not None}


def rows(*sections: str) -> list[list[str]]:
    """The cells of every row in the tables of these sections."""
    text = "".join(part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE) if part.startswith(sections))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if "| licence |" not in line
    ]


def named(*sections: str) -> list[str]:
    """The packages that these sections name."""
    return [name.lower() for row in rows(*sections) for name in row[0].split(", ")]


def test_the_page_names_what_the_program_depends_on() -> None:
    assert sorted(named("The program")) == sorted(names(PROJECT["dependencies"]))


def test_the_page_names_what_tests_and_checks_depend_on() -> None:
    listed = named("Tests", "Clients in the tests", "Packages", "Checks")
    assert sorted(listed) == sorted(names(PROJECT["optional-dependencies"]["dev"]))


def test_the_page_names_the_clients_that_are_installed_apart() -> None:
    of_node = json.loads((CLIENTS / "node" / "package.json").read_text("utf-8"))["dependencies"]
    of_python = (CLIENTS / "python" / "environments").glob("*.in")
    lines = [line for file in of_python for line in file.read_text("utf-8").splitlines()]
    assert sorted(named("Clients beside")) == sorted(set(of_node) | names(lines))


def test_every_row_gives_a_reason_and_a_licence() -> None:
    table = rows("The program", "Tests", "Clients", "Checks")
    assert len(table) > 60
    assert [row for row in table if len(row) != 3 or not all(row)] == []
