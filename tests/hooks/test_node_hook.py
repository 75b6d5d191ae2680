"""The Node hook: it reports uncaught errors and rejections, and changes nothing that is seen of a program."""

import shutil
from pathlib import Path

import pytest

from tests.hooks import hooked
from tests.hooks.hooked import both, raised, titles

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
]

CRASH = """
function pay(order) {
  return order.items.length;
}
console.log('paying');
setTimeout(() => pay({ id: 7 }), 1);
"""
ERROR = (
    "class Declined extends Error { constructor(m, o) { super(m, o); this.name = 'Declined';"
    " this.card = {no: '4711'}; Object.defineProperty(this, 'secret',"
    " {get() { console.log('got'); return 1; }, enumerable: true}); } }\n"
)


def written(folder: Path, source: str, name: str = "app.js") -> Path:
    path = folder / name
    path.write_text(source)
    return path


def test_an_uncaught_error_comes_with_source(tmp_path: Path) -> None:
    path = written(tmp_path, CRASH)
    ran = both(["node", "app.js"], cwd=tmp_path)
    assert ran.code == 1
    assert ran.out == "paying\n"
    (report,) = ran.reports
    assert titles(ran) == ["TypeError: Cannot read properties of undefined (reading 'length')"]
    frame = raised(report)["stacktrace"]["frames"][-1]
    assert (frame["filename"], frame["function"], frame["lineno"]) == (str(path), "pay", 3)
    assert frame["context_line"] == "  return order.items.length;"
    assert frame["in_app"] is True
    assert raised(report)["stacktrace"]["frames"][0]["in_app"] is False


def test_an_unhandled_rejection_of_a_module_with_its_cause(tmp_path: Path) -> None:
    written(
        tmp_path,
        ERROR.replace("secret", "hidden") + "const e = new TypeError('bad');\nawait 0;\n"
        "Promise.reject(new Declined('no', { cause: e }));",
        "app.mjs",
    )
    ran = hooked.run(["node", "app.mjs"], cwd=tmp_path)
    (report,) = ran.reports
    assert [value["type"] for value in report["exception"]["values"]] == ["TypeError", "Declined"]
    assert raised(report)["mechanism"] == {"type": "onunhandledrejection", "handled": False}
    assert report["extra"]["properties"] == {"card": {"no": "4711"}}
    assert raised(report)["stacktrace"]["frames"][-1]["filename"] == str(tmp_path / "app.mjs")


def test_no_getter_and_no_proxy_is_asked(tmp_path: Path) -> None:
    written(
        tmp_path,
        ERROR + "const e = new Declined('no');\n"
        "e.proxy = new Proxy({}, { get() { console.log('asked'); },"
        " getPrototypeOf() { console.log('asked'); } });\n"
        "process.on('uncaughtException', () => process.exit(3));\nthrow e;",
    )
    ran = both(["node", "app.js"], cwd=tmp_path)
    assert ran.out == ""
    assert ran.code == 3
    assert ran.reports[0]["extra"]["properties"] == {"card": {"no": "4711"}, "proxy": "[Proxy]"}


def test_an_aggregate_of_errors_is_a_tree(tmp_path: Path) -> None:
    written(
        tmp_path, "Promise.any([Promise.reject(new TypeError('a')), Promise.reject(new RangeError('b'))]);"
    )
    (report,) = both(["node", "app.js"], cwd=tmp_path).reports
    found = {value["value"]: value["mechanism"].get("parent_id") for value in report["exception"]["values"]}
    assert found == {"All promises were rejected": None, "a": 0, "b": 0}


@pytest.mark.parametrize("thrown", ["'a string'", "null", "{ code: 7 }", "undefined", "Symbol('s')"])
def test_what_is_no_error_can_be_thrown_too(thrown: str, tmp_path: Path) -> None:
    written(tmp_path, f"throw {thrown}")
    (report,) = both(["node", "app.js"], cwd=tmp_path).reports
    assert raised(report)["type"] == "Uncaught"


WORKER = """
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) {
  const worker = new Worker(__filename);
  if (LISTENS) worker.on('error', (error) => console.log('heard', error.message));
} else {
  setTimeout(() => { throw new Error('in a worker'); }, 1);
}
"""


@pytest.mark.parametrize("listens", [True, False])
def test_an_error_of_a_worker_is_reported_once_if_nobody_listens(listens: bool, tmp_path: Path) -> None:
    written(tmp_path, WORKER.replace("LISTENS", str(listens).lower()))
    ran = both(["node", "app.js"], cwd=tmp_path)
    assert titles(ran) == ([] if listens else ["Error: in a worker"])


def test_failed_tests_are_no_crashes(tmp_path: Path) -> None:
    written(
        tmp_path,
        "require('node:test')('it', () => { setTimeout(() => { throw new Error('x') }, 1);"
        " return new Promise((r) => setTimeout(r, 20)); })",
        "it.test.js",
    )
    ran = hooked.run(["node", "--test"], cwd=tmp_path)
    assert ran.code == 1
    assert ran.reports == []


NOTHING_TO_REPORT = {
    "the end": "process.exit(3)",
    "what is caught": "try { null.x } catch { console.log('caught') }",
    "a handled rejection": "Promise.reject(new Error('x')).catch(() => console.log('caught'))",
    "a handler of rejections": "process.on('unhandledRejection', () => console.log('mine'));"
    " Promise.reject(1)",
    "a domain": "const d = require('domain').create(); d.on('error', () => console.log('mine'));"
    " d.run(() => { throw new Error('x') })",
}


@pytest.mark.parametrize("source", NOTHING_TO_REPORT.values(), ids=NOTHING_TO_REPORT)
def test_nothing_is_reported_of(source: str, tmp_path: Path) -> None:
    written(tmp_path, source)
    assert both(["node", "app.js"], cwd=tmp_path).reports == []


def test_options_that_are_there_stay(tmp_path: Path) -> None:
    written(tmp_path, "console.log('first');", "theirs.js")
    written(
        tmp_path,
        "console.log(process.execArgv, process.listenerCount('uncaughtException')); throw new Error('x')",
    )
    ran = both(
        ["node", "app.js"], cwd=tmp_path, env={"NODE_OPTIONS": "--require ./theirs.js --stack-trace-limit=3"}
    )
    assert ran.out.startswith("first\n")
    assert titles(ran) == ["Error: x"]


def test_a_program_with_permissions_starts(tmp_path: Path) -> None:
    written(tmp_path, "console.log('on')")
    command = ["node", "--experimental-permission", f"--allow-fs-read={tmp_path}", "app.js"]
    assert hooked.run(command, cwd=tmp_path).out == "on\n"


def test_a_program_that_replaces_fs_and_json(tmp_path: Path) -> None:
    written(
        tmp_path,
        "const fs = require('fs'); for (const name of Object.keys(fs)) if (/Sync$/.test(name)) fs[name] ="
        " () => { console.log('called'); }; JSON.stringify = () => 'mine'; throw new Error('x')",
    )
    ran = both(["node", "app.js"], cwd=tmp_path)
    assert titles(ran) == ["Error: x"]
    assert ran.out == ""


OTHERS = {
    "elastic": "globalThis[Symbol.for('ElasticAPMAgentInitialized')] = true;",
    "opentelemetry": "globalThis[Symbol.for('opentelemetry.js.api.1')] = { trace: {} };",
    "sentry": "globalThis.__SENTRY__ = { version: '8.0.0', '8.0.0': { defaultCurrentScope: "
    "{ getClient: () => ({ getOptions: () => ({ dsn: 'http://shop@127.0.0.1:9/1' }) }) } } };",
    "sentry 7": "globalThis.__SENTRY__ = { hub: { getClient: () => "
    "({ getOptions: () => ({ dsn: 'http://a@b/1' }) }) } };",
}


@pytest.mark.parametrize("client", OTHERS)
def test_it_stands_back_for_a_client_that_is_set_up(client: str, tmp_path: Path) -> None:
    written(tmp_path, f"{OTHERS[client]}\nthrow new Error('x')")
    assert both(["node", "app.js"], cwd=tmp_path).reports == []


def test_a_client_that_sends_nowhere_is_none(tmp_path: Path) -> None:
    written(
        tmp_path,
        OTHERS["sentry"].replace("'http://shop@127.0.0.1:9/1'", "undefined") + "\nthrow new Error('x')",
    )
    assert titles(both(["node", "app.js"], cwd=tmp_path)) == ["Error: x"]
