"""The version stands in one place."""

import re
import tomllib
from pathlib import Path

from app.version import VERSION

ROOT = Path(__file__).parents[1]


def test_it_is_one_that_pypi_and_debian_sort_alike() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)


def test_packages_read_it_from_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "app/version.py"
