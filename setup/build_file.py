"""Writes `build.json` into the wheel: that it is a package, and of which commit. Hatchling calls this."""

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "build.json"


def text(root: Path, package: str) -> str:
    """The content of `build.json`, which app/cli/installation.py reads; `root` is the repository's folder."""
    return json.dumps({"package": package, "commit": commit(root)})


def commit(root: Path) -> str:
    """The commit that is built, with a plus where files differ; empty where there is no repository."""
    if not (root / ".git").exists():
        return ""
    git = ["git", "-C", str(root)]
    try:
        head = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], check=True, capture_output=True)
        program = ("app", "ui", "resources", "main.py")
        differs = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", *program], check=False)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head.stdout.decode().strip() + ("+" if differs.returncode else "")


class BuildFile(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - their names
        """Add the file to the wheel that is built."""
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / NAME
        file.write_text(text(Path(self.root), "wheel"), "utf-8")
        build_data["force_include"][str(file)] = f"arecibo_desktop/program/{NAME}"

    def finalize(
        self,
        version: str,  # noqa: ARG002 - names that are given
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Remove what the build no longer needs."""
        self._folder.cleanup()
