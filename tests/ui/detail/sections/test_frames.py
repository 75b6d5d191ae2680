from app.model import Frame
from tests.ui.detail.samples import frame, library_frame
from ui.detail.sections.frames import Run, package, runs, where


def test_library_frames_fold_and_app_frames_do_not() -> None:
    stack = [library_frame(), library_frame("werkzeug"), frame("a", 1), frame("b", 2), library_frame()]
    assert runs(stack) == [Run(0, 1), Run(2, 2), Run(3, 3), Run(4, 4)]


def test_recursion_folds_but_for_its_last_call() -> None:
    stack = [frame("main", 1), *[frame("again", 2)] * 5, frame("end", 3)]
    assert runs(stack) == [Run(0, 0), Run(1, 4, repeats=True), Run(5, 5), Run(6, 6)]


def test_every_frame_is_in_one_run() -> None:
    stack = [frame(f"f{n}", n) for n in range(500)]
    covered = [number for run in runs(stack) for number in range(run.first, run.last + 1)]
    assert covered == list(range(500))
    assert len(runs(stack)) < 70


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


def test_places_as_editors_take_them() -> None:
    assert where(Frame(filename="a.py", line=3)) == "a.py:3"
    assert where(Frame(module="a.b")) == "a.b"
    assert where(Frame()) == ""
