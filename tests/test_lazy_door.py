"""A package's modules load when their names are first used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app import lazy_door

ROOT = Path(__file__).parents[1]
DOORS = "import sys, json; from app import cli, digest, engine, jobs, notifications, regrouping, store"
SAYS = "; print(json.dumps(sorted(sys.modules)))"


def loaded_by(code: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", code + SAYS], cwd=ROOT, check=True, capture_output=True)
    return set(json.loads(ran.stdout))


def test_a_door_loads_nothing_before_it_is_used() -> None:
    assert not {"sqlalchemy", "apscheduler", "uvicorn", "filelock", "rich"} & loaded_by(DOORS)


def test_the_first_use_loads_the_module() -> None:
    assert "sqlalchemy" in loaded_by(f"{DOORS}; store.issues.page")


def test_a_name_that_the_package_does_not_have_is_an_attribute_error() -> None:
    door = lazy_door.lazy_door("app.store", {"": "errors"})
    with pytest.raises(AttributeError, match=r"module 'app\.store' has no attribute 'nothing'"):
        door("nothing")
