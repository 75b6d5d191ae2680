"""Runs the apps beside this file, each once for every case, and keeps what their runtimes print.

`python tests/samples/grouping/record.py [LANGUAGE ...]` needs python, node, javac, go, rustc, ruby, php and
mono. The apps are to fail: they are no example of how to write one.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
APPS = HERE / "apps"
LONGEST = 40_000
_CASE = {
    "python": (r"(?m)^def (\w+)\((?:depth=0)?\):", "shop.py"),
    "javascript": (r"(?m)^  (\w+): (?:async )?\(\)", "shop.js"),
    "java": (r'case "(\w+)"', "Shop.java"),
    "go": (r'case "(\w+)"', "shop.go"),
    "rust": (r'"(\w+)" =>', "shop.rs"),
    "ruby": (r"(?m)^  '(\w+)' =>", "shop.rb"),
    "php": (r"(?m)^    '(\w+)' =>", "shop.php"),
    "dotnet": (r'case "(\w+)"', "Shop.cs"),
}


def commands(folder: Path) -> dict[str, tuple[list[list[str]], list[str]]]:
    """For each language: what builds its app in `folder`, and what runs it."""
    return {
        "python": ([], [sys.executable, "shop.py"]),
        "javascript": ([], ["node", "shop.js"]),
        "java": ([["javac", "Shop.java"]], ["java", "-cp", ".", "Shop"]),
        "go": ([["go", "build", "-o", "shop", "shop.go"]], ["./shop"]),
        "rust": (
            [["rustc", "--edition=2021", "-g", "-o", "shop", "shop.rs"]],
            ["env", "RUST_BACKTRACE=1", "./shop"],
        ),
        "ruby": ([], ["ruby", "shop.rb"]),
        "php": ([], ["php", "shop.php"]),
        "dotnet": ([["mcs", "-debug", "Shop.cs"]], ["mono", "--debug", "Shop.exe"]),
    }


def record(language: str) -> None:
    """Keep one file a case."""
    pattern, source = _CASE[language]
    cases = re.findall(pattern, (APPS / language / source).read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "shop")
        shutil.copytree(APPS / language, here)
        builds, run = commands(here)[language]
        for build in builds:
            subprocess.run(build, cwd=here, check=True, timeout=300)
        for case in cases:
            ran = subprocess.run([*run, case], cwd=here, capture_output=True, timeout=60, check=False)
            said = ran.stderr or ran.stdout
            if b" at " not in said and b"\n" not in said.strip():
                continue
            text = said.decode("utf-8", "replace").replace(str(here.parent), "/srv")[:LONGEST]
            kept = HERE / "traces" / language / f"{case}.txt"
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, "utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or _CASE:
        record(name)
