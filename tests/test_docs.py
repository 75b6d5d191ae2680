"""What the documentation names exists: files, tests and targets of make. Its wire format works."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.protocols.protocol import Accepted
from tests.protocols import captures, hostile

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").glob("*.md"))
QUOTED = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(r"(?:app|ui|tests|bench|setup|resources|docs)/[\w./-]*\w/?")
# What docs/contributing.md adds in its examples, and what the clients' tests install.
EXAMPLES = ("app/protocols/problem.py", "tests/protocols/test_problem.py", "0018_colour.py", "totals/")


def quotations(page: Path) -> list[str]:
    """What stands in backticks, of prose and of blocks of commands."""
    return QUOTED.findall(page.read_text("utf-8"))


def named_places(page: Path) -> Iterator[tuple[str, str]]:
    """The files and folders that a page names, each with the test behind `::`, if any."""
    file = ""
    for text in quotations(page):
        path, _sign, test = text.partition("::")
        if path and not PLACE.fullmatch(path):
            continue
        # A second test of one file is named by `::` alone.
        file = path or file
        if not any(example in file for example in EXAMPLES):
            yield file, test


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_test_that_is_named_exists(page: Path) -> None:
    missing = [
        f"{file}::{test}"
        for file, test in named_places(page)
        if not (ROOT / file).exists() or (test and f"def {test}(" not in (ROOT / file).read_text("utf-8"))
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_that_is_named_exists(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    text = page.read_text("utf-8")
    named = re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, re.MULTILINE)
    assert [target for target in named if target not in targets] == []


def test_the_example_of_a_wire_format_works() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text("utf-8")
    module, *others = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    example: dict[str, object] = {"__name__": "app.protocols.problem"}
    exec(compile(module, "docs/contributing.md", "exec"), example)
    report = captures.report_of("problem", Accepted("shop", "0123456789abcdef0123456789abcdef"))
    for body in (
        b'{"title": "No credit", "detail": "30 < 50", "balance": 30}',
        b"",
        b"[]",
        b'{"title": "cut',
    ):
        read = example["read"]
        assert callable(read)
        (event,) = hostile.check(read(report, body))
        assert event.project == "shop"
    for other in others:
        compile(other, "docs/contributing.md", "exec")
