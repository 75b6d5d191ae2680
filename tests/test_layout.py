"""Every module has a test file of its name at the mirrored path.

`app/x/y.py` → `tests/x/test_y.py`, `ui/x/y.py` → `tests/ui/x/test_y.py`. Packages (`__init__`) and migrations
are exempt: what they contain is tested.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCHEMA = "the shape of one client's reports: its adapter's test reads reports by it"
# Modules that declare and do nothing, each with the reason why no test of its own could fail.
DECLARATIONS = {
    "app/cli/arguments/add.py": "a type",
    "app/cli/exit_codes.py": "constants",
    "app/digest/grouping/browsers.py": "a table of names",
    "app/editors/editor.py": "an enumeration and structs",
    "app/forwarding/parcel.py": "structs",
    "app/forwarding/words.py": "sentences",
    "app/happenings.py": "an enumeration and a struct",
    "app/notifications/channel_words.py": "a sentence",
    "app/jobs/job.py": "constants and a struct",
    "app/protocols/airbrake/schema.py": SCHEMA,
    "app/protocols/bugsnag/schema.py": SCHEMA,
    "app/protocols/delivery.py": "structs",
    "app/protocols/elastic/schema.py": SCHEMA,
    "app/protocols/event/error_or_message.py": "a struct",
    "app/protocols/event/failing_frame/raising_names.py": "a table of names",
    "app/protocols/event/library_modules.py": "a table of names",
    "app/protocols/honeybadger/schema.py": SCHEMA,
    "app/protocols/otlp/schema.py": SCHEMA,
    "app/protocols/raygun/schema.py": SCHEMA,
    "app/protocols/rollbar/schema.py": SCHEMA,
    "app/protocols/sentry/schema.py": SCHEMA,
    "app/protocols/stacktrace/located_trace.py": "structs",
    "app/query/fields.py": "a table of keys",
    "app/store/errors.py": "exceptions",
    "app/store/notices/notice.py": "an enumeration and a struct",
    "ui/palette/entry.py": "an enumeration and a struct",
    "app/store/schema.py": "the tables, which the migrations' test compares with what they make",
}


def modules() -> list[Path]:
    """The modules of both packages, relative to the root."""
    found = (file for package in ("app", "ui") for file in (ROOT / package).rglob("*.py"))
    relative = (file.relative_to(ROOT) for file in found if file.name != "__init__.py")
    return sorted(module for module in relative if "migrations" not in module.parts)


def mirrored(module: Path) -> Path:
    """The path that the test of a module must have, relative to the root."""
    below = module.relative_to("app") if module.parts[0] == "app" else module
    return Path("tests") / below.parent / f"test_{below.name}"


def test_every_module_has_its_test_or_only_declares() -> None:
    untested = {module.as_posix() for module in modules() if not (ROOT / mirrored(module)).exists()}
    assert not untested - DECLARATIONS.keys(), "write the test of these modules at the mirrored path"
    assert not DECLARATIONS.keys() - untested, "these have a test by now, or are gone"


@pytest.mark.parametrize("module", sorted(DECLARATIONS))
def test_a_declaration_has_no_code(module: str) -> None:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    code = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    assert not code, "it does something now: it needs a test"
