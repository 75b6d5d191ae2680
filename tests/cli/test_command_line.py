"""Parsing of the command line. What the commands do is tested from outside, in end2end."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import command_line
from app.cli.exit_codes import USAGE_ERROR
from app.desktop.app_link import AppLink
from app.settings import Settings


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_display_is_detected(environ: dict[str, str], platform: str, expected: bool) -> None:
    assert command_line.has_display(environ, platform) is expected


def test_no_command_opens_the_window_with_the_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    opened: list[Settings] = []

    def open_window(settings: Settings) -> int:
        opened.append(settings)
        return 5

    assert command_line.main(["--data-dir", str(tmp_path), "--port", "7"], open_window) == 5
    assert (opened[0].data_dir, opened[0].port) == (tmp_path, 7)


@pytest.mark.parametrize(
    "arguments",
    [
        ["issues", "--limit", "0"],
        ["nonsense"],
        ["event"],
        ["queue", "retry"],
        ["queue", "retry", "1", "--all"],
        ["queue", "discard"],
        ["queue", "show", "x"],
    ],
)
def test_wrong_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command_line.main(arguments, lambda _settings: 0)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_unusable_setting_exits_2_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--port", "70000", "serve"], lambda _settings: 0) == 2
    assert "--port" in capsys.readouterr().err


def test_commands_load_no_heavy_packages() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, app.cli.commands; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "app.cli.commands" in loaded
    others = {"app.digest", "app.protocols", "ua_parser", "uvicorn", "apscheduler", "apprise", "rich"}
    assert not others & set(loaded)


@pytest.mark.parametrize(
    "arguments",
    [["arecibo://issue/7"], ["open-url", "arecibo://issue/7"], ["--port", "7", "arecibo://issue/7"]],
)
def test_an_address_opens_the_window_at_what_it_names(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    opened: list[AppLink] = []

    def open_link(_settings: Settings, link: AppLink) -> int:
        opened.append(link)
        return 5

    given = ["--data-dir", str(tmp_path), *arguments]
    assert command_line.main(given, lambda _settings: 9, open_link) == 5
    assert opened == [AppLink(issue_id=7)]


@pytest.mark.parametrize("url", ["arecibo://issue/7?x", "arecibo:", "ARECIBO://issue/7", "http://x"])
def test_what_is_no_address_of_ours_opens_nothing(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--data-dir", str(tmp_path), "open-url", url]
    assert command_line.main(given, lambda _settings: 9, lambda _settings, _link: 9) == USAGE_ERROR
    assert "is no address of Arecibo" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "ours", "theirs"),
    [
        ("run -- a -b", "run", "a -b"),
        ("--data-dir d run --project p -- a -- b", "--data-dir d run --project p", "a -- b"),
        (
            "run --data-dir d -- a --data-dir e --query -- --port x",
            "run --data-dir d",
            "a --data-dir e --query -- --port x",
        ),
        ("run a --query x -- y", "run", "a --query x -- y"),
        ("run --project p a arecibo://issue/7", "run --project p", "a arecibo://issue/7"),
        ("verify 7 --timeout 5 -- a b", "verify 7 --timeout 5", "a b"),
        ("verify --json 7 -- a", "verify --json 7", "a"),
        ("verify 7 a b", "verify 7", "a b"),
        ("run", "run", ""),
        ("run --", "run", ""),
    ],
)
def test_what_is_run_means_nothing_to_us(arguments: str, ours: str, theirs: str) -> None:
    assert command_line._split(arguments.split()) == (ours.split(), theirs.split())


@pytest.mark.parametrize(
    "arguments", ["issues --query run -- x", "issues", "", "--data-dir run", "arecibo://issue/7"]
)
def test_other_commands_run_nothing(arguments: str) -> None:
    assert command_line._split(arguments.split()) == (arguments.split(), None)
