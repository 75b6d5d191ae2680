"""Every package with a lazy door: each name under its TYPE_CHECKING block loads, and no other."""

import ast
import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from app.lazy_door import lazy_door

ROOT = Path(__file__).parents[1]


def packages_with_a_door() -> list[str]:
    """The packages of both trees whose `__init__` has a `__getattr__`."""
    files = [file for tree in ("app", "ui") for file in sorted((ROOT / tree).rglob("__init__.py"))]
    doors = [file.parent for file in files if "__getattr__" in file.read_text("utf-8")]
    return [".".join(folder.relative_to(ROOT).parts) for folder in doors]


PACKAGES = packages_with_a_door()


def parse(package: str) -> ast.Module:
    return ast.parse((ROOT / Path(*package.split(".")) / "__init__.py").read_text("utf-8"))


def names_for_type_checkers(package: str) -> dict[str, str]:
    """Each name that is imported under TYPE_CHECKING, and the module that it is imported from."""
    blocks = [
        node
        for node in parse(package).body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    imports = [node for block in blocks for node in ast.walk(block) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: node.module or "" for node in imports for alias in node.names}


def names_of_the_door(package: str) -> set[str]:
    """The names in the arguments of `lazy_door`."""
    calls = [node for node in ast.walk(parse(package)) if isinstance(node, ast.Call)]
    (call,) = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "lazy_door"]
    rooms: dict[str, str] = ast.literal_eval(call.args[1])
    return {name for names in rooms.values() for name in names.split()}


def load(module: str, name: str) -> object:
    """What `from module import name` gives."""
    found = import_module(module)
    return getattr(found, name) if name in vars(found) else import_module(f"{module}.{name}")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_name_under_type_checking_loads(package: str) -> None:
    names = names_for_type_checkers(package)
    assert names
    door: ModuleType = import_module(package)
    for name, module in names.items():
        assert door.__getattr__(name) is load(module, name), name


@pytest.mark.parametrize("package", [each for each in PACKAGES if "lazy_door(" in ast.unparse(parse(each))])
def test_door_and_type_checkers_know_the_same_names(package: str) -> None:
    assert names_of_the_door(package) == names_for_type_checkers(package).keys()


@pytest.mark.parametrize("package", PACKAGES)
def test_unknown_names_raise_attribute_error(package: str) -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        import_module(package).no_such_name  # noqa: B018 - to look it up is the test


def test_modules_of_subpackages_are_found_by_their_own_name() -> None:
    load_module = lazy_door("app.store", {"": "errors", "queue": "flow refusals"})
    assert load_module("errors") is import_module("app.store.errors")
    assert load_module("refusals") is import_module("app.store.queue.refusals")
    with pytest.raises(AttributeError, match=r"'app\.store' has no attribute 'queue'"):
        load_module("queue")


DOORS = "import sys, json; from app import cli, digest, engine, jobs, notifications, regrouping, store"
SAYS = "; print(json.dumps(sorted(sys.modules)))"


def loaded_by(code: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", code + SAYS], cwd=ROOT, check=True, capture_output=True)
    return set(json.loads(ran.stdout))


def test_a_door_loads_nothing_before_it_is_used() -> None:
    assert not {"sqlalchemy", "apscheduler", "uvicorn", "filelock", "rich"} & loaded_by(DOORS)


def test_the_first_use_loads_the_module() -> None:
    assert "sqlalchemy" in loaded_by(f"{DOORS}; store.issues.page")
