"""The lines between window and engine: what one side formats the other parses, byte for byte as promised."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import child_protocol
from app.engine.child_protocol import (
    AnyWindowMessage,
    Changed,
    EngineListening,
    EngineMessage,
    EngineNotice,
    FaultSet,
    FaultsSet,
    IntakePaused,
    IntakeState,
    PauseIntake,
    RestoreStore,
    StartFailed,
    StoreRestored,
    StoreState,
    StoreTrouble,
    StoreUpgrading,
    WindowMessage,
    format_engine_message,
    format_window_message,
    parse_engine_message,
    parse_window_message,
)

ROOT = Path(__file__).parents[2]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ENGINE_MESSAGES = st.one_of(
    st.builds(EngineListening, st.from_regex(r"http://[a-z0-9.]{1,20}:[0-9]{1,5}", fullmatch=True)),
    st.builds(Changed, st.integers(0, 2**63)),
    st.builds(StoreUpgrading, st.integers(1, 99), st.integers(1, 99), st.integers(0, 99)),
    st.builds(EngineNotice, TEXT),
    st.builds(StoreState, st.none() | st.builds(StoreTrouble, TEXT, TEXT, TEXT)),
    st.builds(
        IntakeState,
        st.none()
        | st.builds(
            IntakePaused, st.integers(0, 2**62), st.none() | st.integers(0, 2**62), st.integers(0, 2**62)
        ),
    ),
    st.builds(
        FaultsSet,
        st.lists(
            st.builds(
                FaultSet,
                project_id=st.integers(0, 2**31),
                project=TEXT,
                answer=TEXT,
                seconds=st.floats(0, 600),
                share=st.floats(0, 1),
                since=st.integers(0, 2**62),
                until=st.integers(0, 2**62),
                met=st.integers(0, 2**62),
            )
        ).map(tuple),
    ),
    st.builds(StoreRestored, TEXT, TEXT, TEXT),
    st.builds(StartFailed, TEXT, TEXT, st.none() | st.integers(1, 65_535)),
)
LOADED = "import sys, json; from app.engine import child_protocol; print(json.dumps(sorted(sys.modules)))"


@given(ENGINE_MESSAGES)
def test_what_the_engine_formats_the_window_parses(message: EngineMessage) -> None:
    line = format_engine_message(message)
    assert "\n" not in line
    parsed = parse_engine_message(line + "\n")
    if isinstance(message, EngineNotice):
        # One line holds one line of text, and its ends are no matter.
        assert isinstance(parsed, EngineNotice)
        assert parsed.sentence.split() == message.sentence.split()
    else:
        assert parsed == message


@pytest.mark.parametrize(
    "message",
    [*WindowMessage, PauseIntake(), PauseIntake(1_800), RestoreStore("/tmp/a é\n b.sqlite3")],
)
def test_what_the_window_formats_the_engine_parses(message: AnyWindowMessage) -> None:
    line = format_window_message(message)
    assert "\n" not in line
    assert parse_window_message(line + "\n") == message


@given(
    st.text()
    | st.sampled_from(
        [
            "changed ²",
            "changed -1",
            "store {",
            "store 7",
            "upgrading 1 2",
            "upgrading 1 2 x",
            "run retention",
            "stops",
            "pause 0",
            "pause -5",
            "pause ²",
            "restore",
            "restore 7",
            "intake {",
            "restored []",
        ]
    )
)
def test_no_line_is_too_strange(line: str) -> None:
    parsed = parse_engine_message(line)
    assert parsed is None or parse_engine_message(format_engine_message(parsed)) is not None
    parse_window_message(line)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (EngineListening("http://127.0.0.1:1974"), "listening on http://127.0.0.1:1974"),
        (Changed(7), "changed 7"),
        (EngineNotice("Größe, two\nlines"), "notice Größe, two lines"),
        (StoreState(None), "store null"),
        (
            StoreState(StoreTrouble("gone", "It was taken away", "/tmp/é.db")),
            'store {"kind":"gone","message":"It was taken away","where":"/tmp/é.db"}',
        ),
        (
            StartFailed("port-taken", "Port 1974 – taken", 1975),
            'failed {"kind": "port-taken", "message": "Port 1974 \\u2013 taken", "suggested_port": 1975}',
        ),
    ],
)
def test_the_lines_that_scripts_read(message: EngineMessage, line: str) -> None:
    assert format_engine_message(message) == line
    assert json.loads(line.partition(" ")[2]) if isinstance(message, StartFailed) else True


def test_a_failure_that_is_not_understood_is_a_failure() -> None:
    failure = parse_engine_message("failed miserably")
    assert isinstance(failure, StartFailed)
    assert failure.kind == "bug"
    assert "miserably" in failure.message


def test_it_loads_nothing_heavy() -> None:
    said = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, check=True, capture_output=True)
    modules = set(json.loads(said.stdout))
    assert child_protocol.__name__ in modules
    assert not {"sqlalchemy", "uvicorn", "apscheduler", "asyncio", "filelock", "PySide6"} & modules
