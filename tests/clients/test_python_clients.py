"""Real Python clients through the real engine, each configured by the catalogue's own lines.

Those of `TOGETHER` run in `make test`, all at the same time; `make test-clients` adds those of
`ISOLATED`.
"""

import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.model import Event, ExceptionInfo, Level, Request
from tests.clients.python import shop, web
from tests.clients.python_app import PythonClient, Run, run
from tests.clients.python_clients import ISOLATED, NOT_SENT, TOGETHER, WEB
from tests.end2end.engine_process import EngineProcess

RunOf = Callable[[PythonClient], Run]

SHOP = Path(shop.__file__)
CHAINED = ("unhandled", "handled", "thread", "attachment", "log_exception", *WEB)
# Some clients send the time in whole seconds.
COARSE = timedelta(seconds=1)


def some(*cases: str) -> list[object]:
    """A parameter for each client and each of `cases` that it has."""
    return [
        pytest.param(
            client,
            case,
            id=f"{client}-{case}",
            marks=[pytest.mark.all_clients] if client in ISOLATED else [],
        )
        for client in TOGETHER + ISOLATED
        for case in client.cases
        if case in cases
    ]


def each() -> list[object]:
    """A parameter for each client."""
    return [
        pytest.param(client, id=str(client), marks=[pytest.mark.all_clients] if client in ISOLATED else [])
        for client in TOGETHER + ISOLATED
    ]


@pytest.fixture(scope="session")
def run_of(engine: EngineProcess, tmp_path_factory: pytest.TempPathFactory) -> RunOf:
    """Returns a client's run; the clients of `TOGETHER` run at the same time."""
    runs: dict[PythonClient, Run] = {}

    def find(client: PythonClient) -> Run:
        if client not in runs:
            batch = TOGETHER if client in TOGETHER else (client,)
            runs.update(zip(batch, run(engine, batch, tmp_path_factory.mktemp("apps")), strict=True))
        return runs[client]

    return find


def line_of(text: str) -> int:
    """The number of the only line of the shop that contains `text`."""
    (number,) = [n for n, line in enumerate(SHOP.read_text("utf-8").splitlines(), 1) if text in line]
    return number


def check_frames(found: ExceptionInfo, client: PythonClient, functions: list[str], text: str) -> None:
    """Check that the innermost frames are the shop's, oldest first, and the crash at the line with `text`."""
    assert [frame.function for frame in found.frames[-len(functions) :]] == functions
    crash = found.frames[-1]
    assert (crash.line, crash.in_app) == (line_of(text), True)
    assert (crash.filename or "").endswith("shop.py")
    if "source" in client.sends:
        assert text in dict(crash.context)[crash.line or 0]


@pytest.mark.parametrize(("client", "case"), some(*CHAINED))
def test_an_error_and_its_cause(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert event.title == f"PaymentError: payment failed for order {case}"
    assert event.problems == ()
    assert event.culprit
    raised = event.exceptions[-1]
    assert (raised.type, raised.value) == ("PaymentError", f"payment failed for order {case}")
    check_frames(raised, client, ["checkout", "process_order"], "raise PaymentError(")
    assert len(event.exceptions) == 1 + ("cause" in client.sends)
    if "cause" in client.sends:
        cause = event.exceptions[0]
        assert (cause.type, cause.value) == ("KeyError", "'card'")
        if "cause_frames" in client.sends:
            check_frames(cause, client, ["process_order", "charge_card"], 'order["card"]')
        else:
            assert cause.frames == ()


@pytest.mark.parametrize(("client", "case"), some("unhandled", *WEB))
def test_an_uncaught_error(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert event.level in (Level.ERROR, Level.FATAL)
    assert is_handled(event) == (False if "unhandled" in client.sends else None)


@pytest.mark.parametrize(("client", "case"), some("handled"))
def test_a_caught_error(run_of: RunOf, client: PythonClient, case: str) -> None:
    assert is_handled(run_of(client).event(case)) == (True if "handled" in client.sends else None)


def is_handled(event: Event) -> bool | None:
    """Whether the mechanisms say handled: False as soon as one of them does, None if none says."""
    said = {(found.mechanism or {}).get("handled") for found in event.exceptions} - {None}
    return None if not said else False not in said


@pytest.mark.parametrize(("client", "case"), some("handled"))
def test_local_variables(run_of: RunOf, client: PythonClient, case: str) -> None:
    chain = [found for found in run_of(client).event(case).exceptions if found.frames]
    if "vars" in client.sends:
        crash = chain[0].frames[-1]
        assert "items" in str(crash.vars["order"])
        if "cause_frames" in client.sends:
            assert float(crash.vars["amount"]) == 12.5
    else:
        assert not any(frame.vars for found in chain for frame in found.frames)


@pytest.mark.parametrize(("client", "case"), some("message"))
def test_a_message(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    expected = "order message has no card" if client.driver == "logs" else "the cart of message is empty"
    assert expected == (event.exceptions[-1].value if event.exceptions else event.message)
    assert event.title.endswith(expected)


@pytest.mark.parametrize(("client", "case"), some("log"))
def test_a_log_record(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert event.level is Level.ERROR
    assert "order log has no card" in f"{event.title} {event.message}"


@pytest.mark.parametrize(("client", "case"), some(*WEB))
def test_an_error_inside_a_request(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert any(not frame.in_app for frame in event.exceptions[-1].frames)
    request, untold = event.request or Request(), NOT_SENT.get((client.driver, case), "")
    if "method" not in untold:
        assert request.method == "POST"
    if "url" not in untold:
        assert (request.url or "").partition("?")[0] == f"http://shop.example/checkout/{case}"
    if "query" not in untold:
        assert request.query == web.QUERY
    if "agent" not in untold:
        assert web.USER_AGENT in request.headers.values()
        assert event.user_agent is not None
        assert (event.user_agent.browser, event.user_agent.os) == ("Firefox", "Linux")
    if "body" not in untold:
        assert "coupon" in str(request.body)


@pytest.mark.parametrize(("client", "case"), some("handled"))
def test_context_of_the_error(run_of: RunOf, client: PythonClient, case: str) -> None:
    done = run_of(client)
    event, sends = done.event(case), client.sends
    assert (event.project, event.platform) == (client.project, "python")
    assert done.began - COARSE <= event.timestamp <= done.ended
    assert done.began <= event.received_at <= done.ended
    assert event.release == ("1.2.3" if "release" in sends else None)
    assert event.environment == ("test" if "environment" in sends else None)
    assert event.server_name in ((socket.gethostname(), socket.getfqdn()) if "server" in sends else (None,))
    if "user" in sends:
        assert (event.user["id"], event.user["email"]) == ("7", "ada@example.com")
    if "tags" in sends:
        assert "customer" in str(event.tags)
    if "coupon" in sends:
        assert "none" in str(event.extra["coupon"])
    if "breadcrumbs" in sends:
        assert "opened the cart" in [crumb.message for crumb in event.breadcrumbs]


@pytest.mark.parametrize("client", each())
def test_name_and_version_of_the_client(run_of: RunOf, client: PythonClient) -> None:
    done = run_of(client)
    for case in set(client.cases) - {"checkin"}:
        sdk = done.event(case).sdk
        if client.sdk:
            assert sdk is not None
            assert (sdk.name or "").startswith(client.sdk)
            assert sdk.version == done.version
        else:
            assert sdk is None


@pytest.mark.parametrize("client", each())
def test_client_prints_no_complaints(run_of: RunOf, client: PythonClient) -> None:
    done = run_of(client)
    assert done.complaints == ""
    assert done.exit_code == ("unhandled" in client.cases)
    bodies = [report.body for report in done.reports if report.body]
    assert len(set(bodies)) == len(bodies), "a report was sent twice"
    assert sum(map(len, done.events.values())) == len(client.cases)


@pytest.mark.parametrize(("client", "case"), some("group"))
def test_a_group_of_errors(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert event.title == "ExceptionGroup: the orders of group"
    root = len(event.exceptions) - 1
    failures = [found for found in event.exceptions[:-1] if found.type == "PaymentError"]
    assert {found.value for found in failures} == {
        "payment failed for order group 1",
        "payment failed for order group 2",
    }
    assert {found.parent for found in failures} == {root}


@pytest.mark.parametrize(("client", "case"), some("attachment"))
def test_an_attachment(run_of: RunOf, client: PythonClient, case: str) -> None:
    (file,) = run_of(client).event(case).attachments
    assert (file.filename, file.content_type, file.size) == ("cart.json", "application/json", 13)


@pytest.mark.parametrize(("client", "case"), some("checkin"))
def test_a_failed_check_in(run_of: RunOf, client: PythonClient, case: str) -> None:
    event = run_of(client).event(case)
    assert event.level is Level.ERROR
    assert "nightly-backup" in event.title
