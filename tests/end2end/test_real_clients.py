"""The real sentry-sdk in real apps, through the real engine."""

import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from app.cli import send_test
from tests.end2end.engine_process import PATIENCE_SECONDS, EngineProcess, rows, run

APPS = Path(__file__).parent / "apps"


def fail(engine: EngineProcess, way: str, project: str) -> None:
    """Run the failing script, whose SDK sends to the engine, into `project`."""
    subprocess.run(
        [sys.executable, APPS / "failing_script.py", way],
        env={"SENTRY_DSN": engine.dsn(project)},
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def only_event(engine: EngineProcess, project: str) -> dict[str, Any]:
    """The only event of `project`, in full."""
    engine.wait_digested(1)
    listed = rows("events", data_dir=engine.data_dir)
    (summary,) = [event for event in listed if event["project"] == project]
    (event,) = rows("event", summary["event_id"], data_dir=engine.data_dir)
    return event


def test_an_unhandled_chained_exception(shared_engine: EngineProcess) -> None:
    fail(shared_engine, "unhandled", "shop")
    event = only_event(shared_engine, "shop")
    cause, raised = event["exceptions"]
    assert (cause["type"], cause["value"]) == ("KeyError", "'card'")
    assert (raised["type"], raised["value"]) == ("PaymentError", "payment failed for order 42")
    crash = cause["frames"][-1]
    assert (crash["function"], crash["in_app"], crash["vars"]["amount"]) == ("charge_card", True, "12.5")
    assert dict(crash["context"])[crash["line"]].strip() == 'return (order["card"], amount)'
    assert [frame["function"] for frame in raised["frames"]] == ["<module>", "main", "process_order"]
    assert raised["mechanism"]["handled"] is False
    assert (event["project"], event["release"], event["environment"]) == ("shop", "shop@1.2.3", "test")
    assert (event["level"], event["server_name"], event["platform"]) == ("error", "laptop", "python")
    assert event["title"] == "PaymentError: payment failed for order 42"
    assert event["problems"] == []
    assert event["grouping"]["algorithm"]
    assert event["grouping"]["why"]


def test_a_message(shared_engine: EngineProcess) -> None:
    fail(shared_engine, "message", "of_a_message")
    event = only_event(shared_engine, "of_a_message")
    assert (event["title"], event["level"], event["exceptions"]) == ("the cart is empty", "warning", [])


def test_a_log_record(shared_engine: EngineProcess) -> None:
    fail(shared_engine, "log", "of_a_log")
    event = only_event(shared_engine, "of_a_log")
    assert (event["message"], event["logger"]) == ("order 42 has no card", "shop")


def test_the_same_error_three_times_is_one_issue(shared_engine: EngineProcess) -> None:
    fail(shared_engine, "again", "of_three")
    shared_engine.wait_digested(3)
    (issue,) = rows("issues", "--query", "project:of_three", data_dir=shared_engine.data_dir)
    assert (issue["type"], issue["count"], issue["state"]) == ("PaymentError", 3, "open")
    assert len(rows("events", "--issue", str(issue["id"]), data_dir=shared_engine.data_dir)) == 3


def test_an_error_inside_a_flask_request(shared_engine: EngineProcess) -> None:
    with subprocess.Popen(
        [sys.executable, APPS / "flask_shop.py"],
        env={"SENTRY_DSN": shared_engine.dsn("flask_shop")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as shop:
        assert shop.stdout is not None
        port = int(shop.stdout.readline())
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/checkout/7?coupon=none",
            headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
        )
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(request, timeout=PATIENCE_SECONDS)
        shop.communicate("", timeout=PATIENCE_SECONDS)
    event = only_event(shared_engine, "flask_shop")
    assert event["title"] == "KeyError: 'amount'"
    assert event["transaction"] == "checkout"
    assert event["tags"]["customer"] == "ada"
    assert event["request"]["method"] == "GET"
    assert event["request"]["url"].endswith("/checkout/7")
    assert event["request"]["query"] == "coupon=none"
    agent = event["user_agent"]
    assert (agent["browser"], agent["os"], agent["kind"]) == ("Firefox", "Linux", "desktop")
    frames = event["exceptions"][-1]["frames"]
    assert {frame["in_app"] for frame in frames} == {True, False}
    assert frames[-1]["function"] == "<genexpr>"


def test_send_test_reports_the_arrival(shared_engine: EngineProcess) -> None:
    said = run("send-test", data_dir=shared_engine.data_dir)
    assert "It has arrived" in said.stdout
    event = only_event(shared_engine, send_test.PROJECT)
    assert event["exceptions"][0]["frames"][-1]["function"] == "check_the_line"


def test_send_test_without_an_engine_exits_1(tmp_path: Path) -> None:
    said = run("send-test", "--port", "1", data_dir=tmp_path, check=False)
    assert said.returncode == 1
    assert "main.py serve" in said.stderr
