"""Which frames fold into one line."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.model import LEFT_OUT, Frame
from tests.ui.detail.samples import frame, library_frame
from ui.detail.sections.stack.frame_runs import Run, package, runs


def test_library_frames_fold_and_app_frames_do_not() -> None:
    stack = [library_frame(), library_frame("werkzeug"), frame("a", 1), frame("b", 2), library_frame()]
    assert runs(stack) == [Run(0, 1), Run(2, 2), Run(3, 3), Run(4, 4)]
    assert runs(stack, fold_libraries=False) == [Run(n, n) for n in range(5)]


def test_recursion_folds_but_for_its_last_call() -> None:
    stack = [frame("main", 1), *[frame("again", 2)] * 5, frame("end", 3)]
    assert runs(stack) == [Run(0, 0), Run(1, 4, cycle=1), Run(5, 5), Run(6, 6)]


def test_mutual_recursion_folds_but_for_its_last_round() -> None:
    rounds = [frame("visit", 2), frame("walk", 3), frame("enter", 4)] * 100
    stack = [frame("main", 1), *rounds, frame("visit", 2), frame("end", 3)]
    assert runs(stack) == [
        Run(0, 0),
        Run(1, 297, cycle=3),
        *(Run(n, n) for n in range(298, 303)),
    ]


def test_recursion_through_a_library_is_recursion() -> None:
    stack = [frame("encode", 2), library_frame("json")] * 50
    assert runs(stack)[0] == Run(0, 97, cycle=2)


def test_a_gap_is_in_no_run() -> None:
    stack = [library_frame() for _ in range(6)]
    stack[2] = replace(stack[2], vars={LEFT_OUT: "180 calls"})
    assert runs(stack) == [Run(0, 2), Run(3, 5)]


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcL"), max_size=300), st.booleans())
def test_every_frame_is_in_one_run(names: list[str], fold: bool) -> None:
    stack = [library_frame() if name == "L" else frame(name, 1) for name in names]
    found = runs(stack, fold_libraries=fold)
    assert [number for run in found for number in range(run.first, run.last + 1)] == list(range(len(stack)))


def test_a_deep_stack_is_few_runs() -> None:
    assert len(runs([frame(f"f{n}", n) for n in range(10_000)])) < 70


def test_packages_as_people_call_them() -> None:
    paths = {
        "/venv/lib/python3.11/site-packages/flask/app.py": "flask",
        "/venv/lib/python3.11/site-packages/six.py": "six",
        "C:\\venv\\Lib\\site-packages\\flask\\app.py": "flask",
        "/app/node_modules/express/lib/router.js": "express",
        "/app/node_modules/@nestjs/core/router.js": "@nestjs/core",
        "http://localhost/main.js": "main.js",
    }
    assert {path: package(Frame(abs_path=path)) for path in paths} == paths
    assert package(Frame(filename="threading.py", module="threading")) == "threading"
    assert package(Frame()) == ""
