"""The workflow that tests on all platforms: what it runs is here, and what it uses is pinned."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "test.yml"
PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+\.\d+\.\d+")
# Built by the packages' own part of set-up.
MODULES = ("mypy", "pytest", "setup.packages")


@pytest.fixture(scope="module")
def workflow() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def words(workflow: dict[str, Any]) -> list[list[str]]:
    lines = [line for step in steps(workflow) for line in step.get("run", "").splitlines()]
    return [shlex.split(line) for line in lines]


def test_every_platform_is_tested_by_the_oldest_and_the_newest_python(workflow: dict[str, Any]) -> None:
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert [system.partition("-")[0] for system in matrix["system"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == ["3.11", "3.13"], "numbers would be 3.1"
    assert workflow["jobs"]["package"]["strategy"]["matrix"]["system"] == matrix["system"]


def test_what_it_uses_is_pinned_and_it_may_write_nothing(workflow: dict[str, Any]) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [use for use in used if not PINNED.fullmatch(use)] == []
    assert workflow["permissions"] == {"contents": "read"}


def test_a_step_is_run_or_used(workflow: dict[str, Any]) -> None:
    for step in steps(workflow):
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert step["name"]


def test_what_it_runs_is_here(workflow: dict[str, Any]) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for command in words(workflow):
        for before, word in zip(["", *command], command, strict=False):
            if before == "make":
                assert word in targets
            if before == "-m":
                assert word in MODULES
            if "/" in word and "$" not in word and not word.startswith("-"):
                assert (ROOT / word).exists(), word


def test_without_make_the_same_is_run(workflow: dict[str, Any]) -> None:
    """Windows has no make, and the steps for all platforms use none."""
    for step in steps(workflow):
        if "make " in step.get("run", ""):
            assert step["if"] == "runner.os == 'Linux'"
