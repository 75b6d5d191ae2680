from app.model import Frame
from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import failure, frame, library_frame, make_detail, make_event
from ui.detail.requests import OpenFrame
from ui.detail.sections.frames import Run, package, runs, where
from ui.detail.sections.stack_trace import StackTraceSection


def test_a_frame_that_names_a_file_is_opened_from_its_menu(page: ReadPage) -> None:
    bare = Frame(function="run", filename="shop/run.py", line=3)
    frozen = Frame(function="load", filename="<frozen importlib>", line=1)
    page.open(make_detail(make_event(exceptions=(failure("E", frozen, bare),))), StackTraceSection)
    asked: list[object] = []
    page.requested.connect(asked.append)
    page.menu("run")["Open in the editor"]()
    assert asked == [OpenFrame(bare)]
    assert "Open in the editor" not in page.menu("load")
    page.activate("Open shop/run.py:3 in the editor")
    assert len(asked) == 2
    assert page.zone("Open shop/run.py:3").by_key, "a frame with nothing to fold is reached by Tab"


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
