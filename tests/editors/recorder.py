"""A program that stands for an editor: it writes down how it was called."""

import json
import sys
from pathlib import Path
from typing import Any

_SCRIPT = """#!{python}
import json, os, sys
with open({record!r} + ".new", "w") as file:
    json.dump({{
        "arguments": [os.fsencode(word).hex() for word in sys.argv[1:]],
        "folder": os.getcwd(),
        "session": os.getsid(0) == os.getpid(),
    }}, file)
os.rename({record!r} + ".new", {record!r})
{then}
"""


class Recorder:
    """An editor called `name` in a folder for programs. `then` is Python that it runs at its end."""

    def __init__(self, folder: Path, name: str = "code", then: str = "") -> None:
        folder.mkdir(exist_ok=True, parents=True)
        self.program = folder / name
        self._record = folder / f"{name}.json"
        script = _SCRIPT.format(python=sys.executable, record=str(self._record), then=then)
        self.program.write_text(script)
        self.program.chmod(0o755)

    @property
    def was_called(self) -> bool:
        return self._record.exists()

    def forget(self) -> None:
        """As if it had never been called."""
        self._record.unlink()

    @property
    def arguments(self) -> list[bytes]:
        """What it was called with."""
        return [bytes.fromhex(word) for word in self._read()["arguments"]]

    @property
    def folder(self) -> Path:
        return Path(self._read()["folder"])

    @property
    def has_own_session(self) -> bool:
        return bool(self._read()["session"])

    def _read(self) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self._record.read_text())
        return record
