"""The engine as a child: tiny fake engines for failures, the real one for success."""

import contextlib
import http.client
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from app.engine.child_protocol import StoreUpgrading
from app.settings import Settings
from ui.link import engine_link
from ui.link.engine_link import EngineFailure, EngineLink, EngineState

LISTENS = "import sys; print('listening on http://127.0.0.1:4711', flush=True)\n"
WAITS = "for line in sys.stdin:\n    if line.strip() == 'stop': break\n"


@pytest.fixture
def made(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., EngineLink]]:
    """Makes links, to a fake engine given as a program or to the real one, and stops them."""
    links: list[EngineLink] = []

    def make(fake: str | None = None, **settings: object) -> EngineLink:
        given = Settings(**({"data_dir": tmp_path, "port": 0} | settings))  # type: ignore[arg-type]
        links.append(EngineLink(given, command=None if fake is None else (sys.executable, "-c", fake)))
        return links[-1]

    yield make
    for link in links:
        if link.process_id():
            with qtbot.waitSignal(
                link.state_changed,
                timeout=20_000,
                check_params_cb=lambda state: state is EngineState.STOPPED,
            ):
                link.stop()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same pauses, a hundred times shorter."""
    monkeypatch.setattr(engine_link, "FIRST_PAUSE_MS", 2)
    monkeypatch.setattr(engine_link, "LONGEST_PAUSE_MS", 20)
    monkeypatch.setattr(engine_link, "STOP_WITHIN_MS", 50)
    monkeypatch.setattr(engine_link, "TERMINATE_WITHIN_MS", 50)


def test_messages_of_the_engine_become_signals(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    link = made(f"{LISTENS}print('changed 7\\nchanged 9\\nnotice All is well.', flush=True)\n{WAITS}")
    rings: list[int] = []
    link.rang.connect(rings.append)
    with qtbot.waitSignals([link.listening, link.noticed, link.rang]):
        link.start()
    assert link.url == "http://127.0.0.1:4711"
    assert link.state is EngineState.LISTENING
    assert rings[-1] == 9


def test_the_progress_of_an_upgrade_comes_before_the_address(
    made: Callable[..., EngineLink], qtbot: QtBot
) -> None:
    link = made(f"print('upgrading 2 3 40', flush=True)\n{LISTENS}{WAITS}")
    seen: list[tuple[EngineState, StoreUpgrading]] = []
    link.upgrading.connect(lambda progress: seen.append((link.state, progress)))
    with qtbot.waitSignal(link.listening):
        link.start()
    assert seen == [(EngineState.STARTING, StoreUpgrading(2, 3, 40))]


def test_a_burst_of_rings_is_one(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    link = made(f"{LISTENS}print('\\n'.join(f'changed {{n}}' for n in range(200)), flush=True)\n{WAITS}")
    rings: list[int] = []
    link.rang.connect(rings.append)
    link.start()
    qtbot.waitUntil(lambda: rings[-1:] == [199])
    assert len(rings) < 10


def test_the_engine_gets_the_folder_and_port_to_serve(
    made: Callable[..., EngineLink], tmp_path: Path, qtbot: QtBot
) -> None:
    link = made(f"import sys; print('notice', *sys.argv[1:], flush=True)\n{WAITS}", port=4712)
    with qtbot.waitSignal(link.noticed) as noticed:
        link.start()
    assert noticed.args == [f"serve --child --host 127.0.0.1 --port 4712 --data-dir {tmp_path}"]


def test_an_environment_failure_is_reported_without_a_restart(
    made: Callable[..., EngineLink], qtbot: QtBot
) -> None:
    message = {"kind": "port-taken", "message": "Port 1974 is taken.", "suggested_port": 1975}
    link = made(
        "import sys\n"
        "if '1975' in sys.argv:\n"
        f"    {LISTENS}    [None for line in sys.stdin if line.strip() != 'stop']\n"
        f"print('''failed {json.dumps(message)}'''); print('why', file=sys.stderr); sys.exit(3)",
        port=1974,
    )
    with qtbot.waitSignal(link.failed) as failed:
        link.start()
    assert failed.args == [EngineFailure("port-taken", "Port 1974 is taken.", 1975, "why")]
    assert link.state is EngineState.FAILED
    with qtbot.waitSignal(link.listening):
        link.restart(1975)


def test_a_failure_that_is_not_json_is_still_reported(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    link = made("print('failed miserably')")
    with qtbot.waitSignal(link.failed) as failed:
        link.start()
    assert failed.args[0].kind == "bug"
    assert "miserably" in failed.args[0].message


@pytest.mark.usefixtures("impatient")
def test_one_that_dies_is_started_again(
    made: Callable[..., EngineLink], tmp_path: Path, qtbot: QtBot
) -> None:
    flag = tmp_path / "died"
    link = made(
        f"import pathlib; flag = pathlib.Path({str(flag)!r})\n{LISTENS}"
        f"if not flag.exists(): flag.touch(); sys.exit(1)\n{WAITS}"
    )
    states: list[EngineState] = []
    link.state_changed.connect(states.append)
    link.start()
    qtbot.waitUntil(lambda: states.count(EngineState.LISTENING) == 2)
    assert states == [
        EngineState.STARTING,
        EngineState.LISTENING,
        EngineState.RESTARTING,
        EngineState.LISTENING,
    ]


@pytest.mark.usefixtures("impatient")
def test_an_engine_that_dies_repeatedly_is_a_failure_with_its_stderr(
    made: Callable[..., EngineLink], tmp_path: Path, qtbot: QtBot
) -> None:
    count = tmp_path / "count"
    link = made(f"import sys; open({str(count)!r}, 'a').write('x'); sys.exit('no luck today')")
    with qtbot.waitSignal(link.failed) as failed:
        link.start()
    assert failed.args[0].kind == "crashed"
    assert "no luck today" in failed.args[0].details
    assert len(count.read_text()) == engine_link.MOST_RESTARTS + 1


def test_faults_are_told_and_end_with_the_engine(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    fault = (
        '{"project_id":1,"project":"shop","answer":"429","seconds":1,"share":1,"since":1,"until":2,"met":0}'
    )
    link = made(f"{LISTENS}print('faults [{fault}]', flush=True)\n{WAITS}")
    with qtbot.waitSignal(link.faulted) as told:
        link.start()
    assert [each.project for each in told.args[0]] == ["shop"]
    with qtbot.waitSignal(link.faulted) as ended:
        link.stop()
    assert ended.args == [()]


def test_the_pauses_double_up_to_a_limit() -> None:
    pauses = [engine_link.pause_before(number) for number in range(8)]
    assert pauses == [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]


def test_a_program_that_cannot_run_is_a_failure(tmp_path: Path, qtbot: QtBot) -> None:
    link = EngineLink(Settings(data_dir=tmp_path), command=(str(tmp_path / "no such program"),))
    with qtbot.waitSignal(link.failed) as failed:
        link.start()
    assert "cannot run" in failed.args[0].message


@pytest.mark.usefixtures("impatient")
@pytest.mark.skipif(sys.platform == "win32", reason="no signal can be ignored there")
def test_one_that_does_not_stop_is_ended(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    link = made(
        "import signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"{LISTENS}threading.Event().wait()"
    )
    with qtbot.waitSignal(link.listening):
        link.start()
    with qtbot.waitSignal(link.state_changed) as changed:
        link.stop()
    assert changed.args == [EngineState.STOPPED]


def test_stopping_an_engine_that_never_started(made: Callable[..., EngineLink]) -> None:
    link = made(LISTENS)
    link.stop()
    assert link.state is EngineState.STOPPED


def test_the_real_engine_takes_an_error_rings_and_stops(
    made: Callable[..., EngineLink], tmp_path: Path, qtbot: QtBot
) -> None:
    link = made()
    with qtbot.waitSignal(link.listening, timeout=20_000):
        link.start()
    child = psutil.Process(link.process_id())
    with qtbot.waitSignal(link.rang, timeout=20_000):
        _post(link.url)
    with qtbot.waitSignal(link.state_changed, timeout=20_000) as changed:
        link.stop()
    assert changed.args == [EngineState.STOPPED]
    assert not child.is_running()


def test_the_real_engine_is_started_again_when_it_is_killed(
    made: Callable[..., EngineLink], qtbot: QtBot
) -> None:
    link = made()
    with qtbot.waitSignal(link.listening, timeout=20_000):
        link.start()
    with qtbot.waitSignal(link.listening, timeout=20_000):
        os.kill(link.process_id(), signal.SIGKILL)
    with qtbot.waitSignal(link.rang, timeout=20_000):
        _post(link.url)


def test_a_taken_port_comes_with_a_free_one(made: Callable[..., EngineLink], qtbot: QtBot) -> None:
    with contextlib.closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        link = made(port=other.getsockname()[1])
        with qtbot.waitSignal(link.failed, timeout=20_000) as failed:
            link.start()
        assert failed.args[0].kind == "port-taken"
        with qtbot.waitSignal(link.listening, timeout=20_000) as listening:
            link.restart(failed.args[0].suggested_port)
    assert listening.args[0].endswith(f":{failed.args[0].suggested_port}")


def _post(url: str | None) -> None:
    assert url is not None
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
    connection.request("POST", "/api/1/store/?sentry_key=shop", json.dumps({"message": "It works"}))
    assert connection.getresponse().status == 200
    connection.close()


def test_messages_of_a_launched_engine_wait_for_start(
    made: Callable[..., EngineLink], tmp_path: Path, qtbot: QtBot
) -> None:
    message = tmp_path / "said"
    link = made(f"{LISTENS}open({str(message)!r}, 'w').close()\n{WAITS}")
    emitted: list[str] = []
    link.listening.connect(emitted.append)
    link.launch()
    qtbot.waitUntil(message.exists)
    assert (emitted, link.state) == ([], EngineState.STOPPED)
    with qtbot.waitSignal(link.listening):
        link.start()
    assert link.state is EngineState.LISTENING


def test_the_failure_of_a_launched_engine_is_reported_at_start(
    made: Callable[..., EngineLink], qtbot: QtBot
) -> None:
    failure = json.dumps({"kind": "port-taken", "message": "Port 1974 is taken."})
    link = made(f"print('failed {failure}', flush=True)")
    link.launch()
    engine = link.process_id()
    # It is collected by Qt, which the event loop of this wait lets it do.
    qtbot.waitUntil(lambda: not psutil.pid_exists(engine))
    with qtbot.waitSignal(link.failed) as failed:
        link.start()
    assert failed.args[0].kind == "port-taken"


def test_a_launched_engine_is_stopped_even_before_start(
    made: Callable[..., EngineLink], qtbot: QtBot
) -> None:
    link = made(WAITS.replace("for line", "import sys\nfor line"))
    link.launch()
    states: list[EngineState] = []
    link.state_changed.connect(states.append)
    link.stop()
    qtbot.waitUntil(lambda: states[-1:] == [EngineState.STOPPED])
    assert link.process_id() == 0


def test_a_launched_program_that_cannot_run_is_a_failure_at_the_start(tmp_path: Path, qtbot: QtBot) -> None:
    link = EngineLink(Settings(data_dir=tmp_path, port=0), command=(str(tmp_path / "nothing"),))
    link.launch()
    failures: list[EngineFailure] = []
    link.failed.connect(failures.append)
    link.start()
    qtbot.waitUntil(lambda: len(failures) == 1)
    assert "cannot run" in failures[0].message
