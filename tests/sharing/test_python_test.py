"""Python tests compile whatever the event says, and fail by the same exception while the bug is there."""

import ast
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Request
from app.sharing import failing_test, http_case, python_test
from tests.factories import make_event
from tests.sharing.events import HOSTILE, TEXT, odd_events, with_text

APP = """
from flask import Flask, request

app = Flask(__name__)

@app.post("/pay")
def pay():
    return str(total(request.get_json()["items"], rate=0))

def total(items, rate):
    whole = sum(items)
    return whole / rate
"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ModuleType]:
    """A small Flask app with a bug, which can be imported as `buggy_shop`."""
    file = tmp_path / "buggy_shop.py"
    file.write_text(APP)
    spec = importlib.util.spec_from_file_location("buggy_shop", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["buggy_shop"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["buggy_shop"]


def run(text: str) -> None:
    """The test, as pytest would call it."""
    names: dict[str, object] = {}
    exec(compile(text, "test_generated.py", "exec"), names)
    (test,) = [
        value for name, value in names.items() if name.startswith("test_") and inspect.isfunction(value)
    ]
    test()


FRAME = Frame(
    filename="buggy_shop.py",
    module="buggy_shop",
    function="total",
    line=12,
    vars={"items": "[1, 2]", "rate": "0", "whole": "3", "other": "<object at 0x1>"},
)
RAISED = ExceptionInfo(type="ZeroDivisionError", value="division by zero", frames=(FRAME,))


def test_a_flask_request_fails_by_the_same_exception(shop: ModuleType) -> None:
    request = Request(
        method="POST",
        url="http://localhost:5000/pay",
        headers={"Content-Type": "application/json", "X-Token": "a'\"b"},
        body={"items": [1, 2]},
    )
    raised = ExceptionInfo(type="ZeroDivisionError", mechanism={"type": "flask"}, frames=(FRAME,))
    made = failing_test.of_event(make_event(exceptions=(raised,), platform="python", request=request))
    assert made.runner == "pytest"
    assert "from buggy_shop import app" in made.text
    with pytest.raises(ZeroDivisionError):
        run(made.text)


def test_a_mended_app_passes(shop: ModuleType) -> None:
    shop.total = lambda items, rate: 1  # type: ignore[attr-defined]
    headers = {"Content-Type": "application/json"}
    request = Request(method="POST", url="/pay", body={"items": [1]}, headers=headers)
    event = make_event(exceptions=(RAISED,), request=request)
    case = http_case.of_event(event)
    assert case is not None
    run(python_test.of_request(event, case, "flask"))


def test_locals_fail_by_the_same_exception(shop: ModuleType) -> None:
    text = python_test.of_locals(make_event(exceptions=(RAISED,)))
    assert text is not None
    with pytest.raises(ZeroDivisionError):
        run(text)


def test_what_is_no_literal_has_to_be_built_first(shop: ModuleType) -> None:
    frame = replace(FRAME, vars={"items": "<Cart of 2>", "rate": "0"})
    text = python_test.of_locals(make_event(exceptions=(ExceptionInfo(type="E", frames=(frame,)),)))
    assert text is not None
    with pytest.raises(AssertionError, match=r"Build these arguments first.*<Cart of 2>"):
        run(text)


@pytest.mark.parametrize(
    ("module", "function"),
    [
        ("os", "system"),
        ("subprocess", "run"),
        ("builtins", "exec"),
        ("__main__", "main"),
        ("shop", "<lambda>"),
        ("shop", "import"),
        ("shop; import os", "f"),
        ("shop", "f()\nimport os"),
        ("shop.__init__x", "__reduce__"),
    ],
)
def test_what_is_no_plain_name_of_the_app_is_not_called(module: str, function: str) -> None:
    frame = Frame(module=module, function=function, vars={"command": "'rm'"})
    event = make_event(exceptions=(ExceptionInfo(type="E", frames=(frame,)),), platform="python")
    assert python_test.of_locals(event) is None
    made = failing_test.of_event(event)
    with pytest.raises(AssertionError, match="Call what failed"):
        run(made.text)


def assert_harmless(text: str) -> None:
    """It compiles, and imports and calls nothing that the event could have named."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= {"inspect", "django", "pytest", "urllib.request"}
        if isinstance(node, ast.ImportFrom):
            assert node.module not in ("os", "subprocess")


@pytest.mark.parametrize("event", [*odd_events(), *map(with_text, HOSTILE)])
@pytest.mark.parametrize("framework", ["flask", "django", "fastapi", ""])
def test_it_always_compiles(event: object, framework: str) -> None:
    given_event = event
    assert isinstance(given_event, type(make_event()))
    case = http_case.of_event(given_event)
    if case is not None:
        assert_harmless(python_test.of_request(given_event, case, framework))
    assert_harmless(python_test.of_locals(given_event) or python_test.of_nothing(given_event))


@given(TEXT)
def test_any_text_compiles(text: str) -> None:
    event = with_text(text)
    assert_harmless(python_test.of_locals(event) or python_test.of_nothing(event))
    case = http_case.of_event(event)
    if case is not None:
        assert_harmless(python_test.of_request(event, case, ""))
