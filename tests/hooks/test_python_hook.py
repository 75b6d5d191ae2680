"""The Python hook: it reports what nobody caught, with locals, and nothing else of a program differs."""

import sys
import zipfile
from pathlib import Path

import pytest

from tests.hooks import hooked
from tests.hooks.hooked import both, local, raised, titles

pytestmark = pytest.mark.long


PYTHONS = hooked.pythons()
NEW = [path for path in PYTHONS if not any(old in path for old in ("2.7", "3.6", "3.7"))]

CRASH = """
def pay(order, amount):
    total = amount / order["items"]
    return total

print("paying")
pay({"id": 7, "items": 0}, 12)
"""
THREAD = """
import threading
def work(number):
    wanted = [number]
    wanted[number + 9]
threads = [threading.Thread(target=work, args=(n,), name="worker-%d" % n) for n in range(2)]
for thread in threads:
    thread.start()
    thread.join()
print(threading.active_count())
"""
ASYNCIO = """
import asyncio
async def pay(order):
    raise LookupError("no order %d" % order)
async def main():
    task = asyncio.get_event_loop().create_task(pay(7))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    asyncio.get_event_loop().call_soon(lambda: {}["no key"])
    await asyncio.sleep(0)
asyncio.run(main())
"""
MULTIPROCESSING = """
import multiprocessing
def work(number):
    raise ValueError("child %d" % number)
if __name__ == "__main__":
    context = multiprocessing.get_context(METHOD)
    child = context.Process(target=work, args=(7,), name="child")
    child.start()
    child.join()
    print(child.exitcode)
"""


def written(folder: Path, source: str, name: str = "app.py") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)
    return path


@pytest.mark.parametrize("python", PYTHONS)
def test_an_uncaught_exception_comes_with_locals_and_source(python: str, tmp_path: Path) -> None:
    written(tmp_path, CRASH)
    ran = both([python, "app.py"], cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "paying\n")
    (report,) = ran.reports
    error = raised(report)
    assert error["type"] == "ZeroDivisionError"
    assert "zero" in error["value"]
    assert error["mechanism"] == {"type": "excepthook", "handled": False}
    frame = error["stacktrace"]["frames"][-1]
    assert (frame["filename"], frame["function"], frame["lineno"], frame["in_app"]) == (
        "app.py",
        "pay",
        3,
        True,
    )
    assert frame["context_line"] == '    total = amount / order["items"]'
    assert local(report, "pay")["amount"] == "12"
    assert local(report, "pay")["order"] == {"id": "7", "items": "0"}


@pytest.mark.parametrize("python", NEW)
def test_threads(python: str, tmp_path: Path) -> None:
    written(tmp_path, THREAD)
    ran = both([python, "app.py"], cwd=tmp_path)
    assert ran.code == 0
    assert ran.out == "1\n"
    assert titles(ran) == ["IndexError: list index out of range"] * 2
    assert sorted(report["threads"]["values"][0]["name"] for report in ran.reports) == [
        "worker-0",
        "worker-1",
    ]
    assert local(ran.reports[0], "work")["wanted"] in (["0"], ["1"])


@pytest.mark.parametrize("python", NEW)
def test_what_asyncio_only_logs(python: str, tmp_path: Path) -> None:
    written(tmp_path, ASYNCIO)
    ran = hooked.run([python, "app.py"], cwd=tmp_path)
    plain = hooked.run([python, "app.py"], cwd=tmp_path, is_hooked=False)
    assert ran.code == plain.code == 0
    assert ran.err.count("\n") == plain.err.count("\n")
    assert sorted(titles(ran)) == ["KeyError: 'no key'", "LookupError: no order 7"]
    assert "LookupError" in ran.err
    assert "KeyError" in ran.err


@pytest.mark.parametrize("python", NEW)
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_children_of_multiprocessing(python: str, method: str, tmp_path: Path) -> None:
    written(tmp_path, MULTIPROCESSING.replace("METHOD", repr(method)))
    ran = both([python, "app.py"], cwd=tmp_path)
    assert ran.out == "1\n"
    assert titles(ran) == ["ValueError: child 7"]


CHAINED = """
class Declined(Exception):
    pass
def charge(card):
    raise Declined("card %s" % card)
def pay(order):
    try:
        charge("4711")
    except Declined as error:
        raise RuntimeError("could not pay") from error
pay(7)
"""


def test_a_chain_of_exceptions(tmp_path: Path) -> None:
    written(tmp_path, CHAINED)
    ran = both([sys.executable, "app.py"], cwd=tmp_path)
    (report,) = ran.reports
    values = report["exception"]["values"]
    assert [(value["type"], value["value"]) for value in values] == [
        ("Declined", "card 4711"),
        ("RuntimeError", "could not pay"),
    ]
    assert local(report, "pay")["order"] == "7"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="has no exception groups")
def test_an_exception_group_is_a_tree(tmp_path: Path) -> None:
    written(tmp_path, "raise ExceptionGroup('two', [ValueError('a'), ExceptionGroup('in', [KeyError('b')])])")
    (report,) = both([sys.executable, "app.py"], cwd=tmp_path).reports
    found = {
        value["value"]: (value["mechanism"]["exception_id"], value["mechanism"].get("parent_id"))
        for value in report["exception"]["values"]
    }
    assert found == {
        "two (2 sub-exceptions)": (0, None),
        "a": (1, 0),
        "in (1 sub-exception)": (2, 0),
        "'b'": (3, 2),
    }


NOTHING_TO_REPORT = {
    "the end": "raise SystemExit(3)",
    "Ctrl-C": "raise KeyboardInterrupt",
    "what is caught": "try:\n    1 / 0\nexcept ZeroDivisionError:\n    print('caught')",
    "a hard end": "import os\nos._exit(4)",
    "a signal": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
}


@pytest.mark.parametrize("source", NOTHING_TO_REPORT.values(), ids=NOTHING_TO_REPORT)
def test_nothing_is_reported_of(source: str, tmp_path: Path) -> None:
    written(tmp_path, source)
    assert both([sys.executable, "app.py"], cwd=tmp_path).reports == []


OWN_HOOKS = {
    "replaced": "sys.excepthook = lambda *given: print('mine', given[0].__name__)",
    "chained": "before = sys.excepthook\n"
    "def hook(*given):\n    print('mine')\n    before(*given)\nsys.excepthook = hook",
    "the interpreter's": "def hook(*given):\n    print('mine')\n"
    "    sys.__excepthook__(*given)\nsys.excepthook = hook",
    "asked for": "print(sys.excepthook is sys.__excepthook__)",
    "put back": "sys.excepthook = print\nsys.excepthook = sys.__excepthook__",
    "broken": "def hook(*given):\n    raise TypeError('broken')\nsys.excepthook = hook",
}


@pytest.mark.parametrize("hook", OWN_HOOKS.values(), ids=OWN_HOOKS)
def test_a_hook_of_the_programs_own_stays_in_force(hook: str, tmp_path: Path) -> None:
    written(tmp_path, f"import sys\n{hook}\n\ndef fail(number):\n    1 / 0\nfail(7)")
    ran = both([sys.executable, "app.py"], cwd=tmp_path)
    assert titles(ran) == ["ZeroDivisionError: division by zero"]
    assert local(ran.reports[0], "fail") == {"number": "7"}


def test_what_a_test_runner_leaves_is_no_crash(tmp_path: Path) -> None:
    written(tmp_path, "def test_it():\n    assert 1 == 2\n", "test_it.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
    assert hooked.run(command, cwd=tmp_path).reports == []


def test_typing_errors_of_a_person_are_none(tmp_path: Path) -> None:
    ran = both([sys.executable, "-i", "-q"], cwd=tmp_path, stdin="1 / 0\nprint('on')\n")
    assert ran.reports == []


ORDINARY_STARTS = {
    "a module": ["-m", "app"],
    "code": ["-c", "import app"],
    "without site": ["-S", "app.py"],
    "without variables": ["-E", "app.py"],
    "isolated": ["-I", "app.py"],
    "all warnings as errors": ["-W", "error", "-bb", "app.py"],
    "developing": ["-X", "dev", "app.py"],
    "optimised": ["-OO", "app.py"],
}
UNREACHED = {"without site", "without variables", "isolated"}


@pytest.mark.parametrize("name", ORDINARY_STARTS)
def test_every_way_to_start(name: str, tmp_path: Path) -> None:
    written(tmp_path, CRASH)
    ran = both([sys.executable, *ORDINARY_STARTS[name]], cwd=tmp_path)
    assert ran.code == 1
    assert len(ran.reports) == (0 if name in UNREACHED else 1)


def test_a_program_in_a_zip_has_its_source(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "app.pyz", "w") as archive:
        archive.writestr("__main__.py", "import shop\nshop.pay(7)\n")
        archive.writestr("shop.py", "def pay(order):\n    return {}[order]\n")
    ran = both([sys.executable, "app.pyz"], cwd=tmp_path)
    (report,) = ran.reports
    assert raised(report)["stacktrace"]["frames"][-1]["context_line"] == "    return {}[order]"


def test_the_sitecustomize_that_is_there_is_imported(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    written(
        theirs,
        "import sys\nprint('customized')\nsys.excepthook = lambda *given: print('theirs')",
        "sitecustomize.py",
    )
    written(
        tmp_path,
        "import sys, sitecustomize\nprint(sitecustomize.__file__, sys.path)\n1 / 0",
    )
    ran = both([sys.executable, "app.py"], cwd=tmp_path, env={"PYTHONPATH": str(theirs)})
    assert ran.out.startswith("customized\n")
    assert ran.out.endswith("theirs\n")
    assert titles(ran) == ["ZeroDivisionError: division by zero"]


@pytest.mark.parametrize("python", PYTHONS)
def test_a_broken_sitecustomize_is_complained_about_as_ever(python: str, tmp_path: Path) -> None:
    written(tmp_path / "theirs", "import no_such_module", "sitecustomize.py")
    written(tmp_path, "print('on')")
    both([python, "app.py"], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "theirs")})


@pytest.mark.parametrize("python", PYTHONS)
def test_the_path_and_what_is_loaded_are_as_without_it(python: str, tmp_path: Path) -> None:
    written(
        tmp_path,
        "import sys\nprint(sys.path, sorted(set(sys.modules) - {'sitecustomize', 'atexit', '_thread'}), "
        "sys.getrecursionlimit())",
    )
    both([python, "app.py"], cwd=tmp_path)


HOSTILE = """
import sys
class Loud(object):
    def __repr__(self):
        print("repr was called")
        raise SystemExit(9)
    __str__ = __repr__
    def __len__(self):
        print("len was called")
        return 1
    def __getattribute__(self, name):
        print("asked for " + name)
        raise RuntimeError(name)
class Proxy(object):
    @property
    def __class__(self):
        print("class was asked for")
        return dict
class Names(dict):
    def __iter__(self):
        print("iterated")
        raise RuntimeError
    keys = items = __iter__
def fail():
    loud, proxy, names = Loud(), Proxy(), Names(a=1)
    circle = []
    circle.append(circle)
    huge = 10 ** 100000
    long = list(range(100000))
    text = "x" * 1000000
    lone = "\\ud800"
    password = "hunter2"
    raise ValueError("it failed")
fail()
"""


def test_no_code_of_the_programs_own_is_called_to_show_values(tmp_path: Path) -> None:
    written(tmp_path, HOSTILE)
    ran = both([sys.executable, "app.py"], cwd=tmp_path)
    (report,) = ran.reports
    shown = local(report, "fail")
    assert shown["loud"] == "<__main__.Loud>"
    assert shown["names"] == {"a": "1"}
    assert shown["huge"].startswith("<int of")
    assert len(shown["long"]) == 51
    assert len(hooked.as_text(report)) < 20_000


SHADOWING = ("json", "traceback", "linecache", "socket", "re", "time_", "threading", "random", "uuid")


def test_modules_of_the_program_with_names_of_the_library_are_not_loaded(tmp_path: Path) -> None:
    for name in SHADOWING:
        written(tmp_path, f"print('{name} was loaded')", f"{name}.py")
    written(tmp_path, CRASH)
    assert len(both([sys.executable, "app.py"], cwd=tmp_path).reports) == 1


def test_a_flood_is_bounded(tmp_path: Path) -> None:
    source = "import threading\nfor n in range(60):\n"
    source += "    t = threading.Thread(target=lambda: 1 / 0)\n    t.start()\n    t.join()"
    written(tmp_path, source)
    assert 20 <= len(hooked.run([sys.executable, "app.py"], cwd=tmp_path).reports) <= 45


def test_recursion_without_end(tmp_path: Path) -> None:
    written(tmp_path, "def again(n):\n    again(n + 1)\nagain(0)")
    ran = both([sys.executable, "app.py"], cwd=tmp_path)
    (report,) = ran.reports
    assert raised(report)["type"] == "RecursionError"
    assert len(raised(report)["stacktrace"]["frames"]) == 100


def test_a_syntax_error_says_where(tmp_path: Path) -> None:
    written(tmp_path, "x = = 1", "broken.py")
    written(tmp_path, "import broken")
    (report,) = both([sys.executable, "app.py"], cwd=tmp_path).reports
    assert raised(report)["value"] == "invalid syntax"
    assert raised(report)["stacktrace"]["frames"][-1]["context_line"] == "x = = 1"


def test_where_nothing_can_be_left_nothing_is_said(tmp_path: Path) -> None:
    written(
        tmp_path,
        "import os, shutil\nshutil.rmtree(os.environ.get('ARECIBO_RUN_FOLDER', 'none'), True)\n1 / 0",
    )
    assert both([sys.executable, "app.py"], cwd=tmp_path).reports == []


CLIENTS = {
    "sentry_sdk": "import sentry_sdk\nsentry_sdk.init('http://shop@127.0.0.1:9/1', spotlight=False)",
    "raven": "import warnings\nwarnings.simplefilter('ignore')\n"
    "import raven, raven.base\nraven.base.Raven = raven.Client.__new__(raven.Client)",
    "rollbar": "import rollbar\nrollbar.init('token', handler='blocking', endpoint='http://127.0.0.1:9')",
    "bugsnag": "import bugsnag\nbugsnag.configure(api_key='0' * 32, endpoint='http://127.0.0.1:9')",
    "elasticapm": "import elasticapm\nelasticapm.Client(service_name='shop', server_url='http://127.0.0.1:9',"
    " disable_metrics='*', central_config=False)",
    "opentelemetry": "from opentelemetry import trace\nfrom opentelemetry.sdk.trace import TracerProvider\n"
    "trace.set_tracer_provider(TracerProvider())",
    "honeybadger": "from honeybadger import honeybadger\nhoneybadger.configure(api_key='shop',"
    " endpoint='http://127.0.0.1:9')",
}


@pytest.mark.parametrize("client", CLIENTS)
def test_it_stands_back_for_a_client_that_is_set_up(client: str, tmp_path: Path) -> None:
    pytest.importorskip(client)
    written(tmp_path, f"{CLIENTS[client]}\n1 / 0")
    ran = hooked.run([sys.executable, "app.py"], cwd=tmp_path)
    assert "ZeroDivisionError" in ran.err
    assert ran.reports == []


NOT_SET_UP = {
    "sentry_sdk": "import sentry_sdk",
    "sentry_sdk without a DSN": "import sentry_sdk\nsentry_sdk.init()",
    "rollbar": "import rollbar",
    "bugsnag": "import bugsnag",
    "elasticapm": "import elasticapm",
    "opentelemetry": "import opentelemetry.trace",
}


@pytest.mark.parametrize("client", NOT_SET_UP)
def test_a_client_that_is_only_installed_is_none(client: str, tmp_path: Path) -> None:
    pytest.importorskip(client.partition(" ")[0])
    written(tmp_path, f"{NOT_SET_UP[client]}\n1 / 0")
    # Bugsnag says with the time that it has no key.
    ran = hooked.run([sys.executable, "app.py"], cwd=tmp_path)
    assert titles(ran) == ["ZeroDivisionError: division by zero"]
