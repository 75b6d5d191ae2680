"""No regular expression of ours has a possessive quantifier or an atomic group.

Python 3.11.2, the version of Debian 12, reads them wrongly, and crashes on some: any client could end the
process by what it sends.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import regex_syntax
from tests.regex_syntax import unsafe_constructs

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "ui", "setup", "bench", "tests")
ABOUT_PATTERNS = (Path(__file__), Path(regex_syntax.__file__))  # these contain them as examples
# Imports the program, and prints each pattern passed to `re.compile`: many are put together from parts.
PRINT_COMPILED = """
import importlib, json, pathlib, re, sys

compile_really = re.compile

def compile_and_print(pattern, flags=0):
    file = sys._getframe(1).f_code.co_filename
    if not isinstance(pattern, re.Pattern):
        is_bytes = isinstance(pattern, bytes)
        text = pattern.decode("latin-1") if is_bytes else pattern
        print(json.dumps([file, text, bool(flags & re.VERBOSE)]))
    return compile_really(pattern, flags)

re.compile = compile_and_print
for file in sorted(file for room in ("app", "ui") for file in pathlib.Path(room).rglob("*.py")):
    if "migrations" in file.parts:
        continue  # Alembic alone can import these
    importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
"""


def test_no_string_constant_beside_patterns_is_unsafe() -> None:
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    texts = [(path, text) for path in files for text in texts_beside_patterns(path)]
    assert len(texts) > 1_000, "the patterns of this repository were found"
    assert [(str(path.relative_to(ROOT)), found) for path, text in texts if (found := all_unsafe(text))] == []


def test_no_compiled_pattern_is_unsafe() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_COMPILED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    compiled = [json.loads(line) for line in printed.stdout.splitlines()]
    ours = [row for row in compiled if is_ours(Path(row[0]))]
    assert len(ours) > 200, "the patterns of this repository were found"
    bad = {
        (file, found) for file, text, verbose in ours for found in unsafe_constructs(text, verbose=verbose)
    }
    assert bad == set()


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"a*+", ["*+"]),
        (r"(?:ab)++c?+", ["++", "?+"]),
        (r"\d{2,3}+|\d{2}+|x{,3}+|x{,}+", ["{2,3}+", "{2}+", "{,3}+", "{,}+"]),
        (r"[]+]*+", ["*+"]),
        (r"(?>a|b)", ["(?>"]),
        (rb"[^\]]++", ["++"]),
        (r"\\*+", ["*+"]),
        # These only resemble them:
        (r"\*+ \++ c\+\+ [*+] [^]*+] [\]*+] a*\+ a{}+ a*?b+ (?P<n>x)+ (?=>) (?:>)", []),
        (r"(?#a*+)b", []),
    ],
)
def test_unsafe_constructs(pattern: str | bytes, found: list[str]) -> None:
    assert unsafe_constructs(pattern) == found


def test_comments_are_ignored_in_verbose_patterns() -> None:
    assert unsafe_constructs("a # b*+\nc*+", verbose=True) == ["*+"]
    assert unsafe_constructs("#*+", verbose=False) == ["*+"]


def texts_beside_patterns(path: Path) -> Iterator[str | bytes]:
    """The string constants of a module that imports `re`, without docstrings and this file's examples."""
    if path in ABOUT_PATTERNS or not is_ours(path):
        return
    tree = ast.parse(path.read_bytes())
    nodes = list(ast.walk(tree))
    if not any(isinstance(node, ast.Import) and node.names[0].name == "re" for node in nodes):
        return
    sentences = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and id(node) not in sentences
            and isinstance(node.value, str | bytes)
        ):
            yield node.value


def is_ours(path: Path) -> bool:
    """Whether a file is code of this repository, and not installed."""
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in ROOMS


def all_unsafe(text: str | bytes) -> list[str]:
    """What is unsafe in `text`, read with and without `re.VERBOSE`."""
    return unsafe_constructs(text) + unsafe_constructs(text, verbose=True)
