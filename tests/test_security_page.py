"""docs/security.md cites tests as evidence: each of them exists."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
# A test file or folder, perhaps with a test; or, behind one of these, another test of the same file.
CITED = re.compile(r"`(tests/[\w/]+(?:\.py)?)?(?:::(\w+))?`")


def test_every_cited_test_exists() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    file, missing, found = ROOT, [], 0
    for path, test in CITED.findall(page):
        if not path and not test:
            continue
        file = ROOT / path if path else file
        if not file.exists() or (test and f"def {test}(" not in file.read_text("utf-8")):
            missing.append(f"{path}::{test}")
        found += 1
    assert found > 30
    assert missing == []
