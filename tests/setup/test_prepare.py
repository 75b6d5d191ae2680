"""Set-up finds and reports what is missing on a machine, and compiles code that is newer."""

import os
from pathlib import Path

import pytest

from setup import prepare


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one module in each folder, never compiled."""
    for folder in ("app", "ui", ".venv"):
        (tmp_path / folder).mkdir()
    for module in ("main.py", "app/log.py", "ui/theme.py"):
        (tmp_path / module).write_text("")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "COMPILED", tmp_path / ".venv" / ".compiled")
    return tmp_path


def test_code_that_was_never_compiled_is_newer(root: Path) -> None:
    assert prepare.is_code_newer()


@pytest.mark.parametrize("changed", ["main.py", "app/log.py", "ui/theme.py"])
def test_only_code_changed_since_compiling_is_newer(root: Path, changed: str) -> None:
    prepare.COMPILED.touch()
    later = prepare.COMPILED.stat().st_mtime + 60
    os.utime(prepare.COMPILED, (later, later))
    assert not prepare.is_code_newer()
    os.utime(root / changed, (later + 1, later + 1))
    assert prepare.is_code_newer()


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; it contains nothing but apt-get."""
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_programs_of_the_tests_are_installed_for_tests_only(
    bare_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "curl" in prepare.missing_from_the_system("dev")
    assert "curl" not in prepare.missing_from_the_system("run")


def test_without_root_one_line_says_what_to_install(bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(prepare.SetupError, match=r"sudo apt-get update .* curl") as raised:
        prepare.missing_from_the_system("dev")
    assert "\n" not in str(raised.value)


def test_without_apt_the_program_itself_is_named(bare_path: Path) -> None:
    (bare_path / "apt-get").unlink()
    with pytest.raises(prepare.SetupError, match=r"please install what holds .*curl"):
        prepare.missing_from_the_system("dev")


def test_finished_set_up_is_not_ready_when_a_program_is_gone(
    bare_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = bare_path / "venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").touch()
    monkeypatch.setattr(prepare, "VENV", environment)
    prepare.write_stamp(environment, prepare.venv_stamp("dev"))
    assert prepare.is_ready("run")
    assert not prepare.is_ready("dev")

    for name in prepare.TEST_PROGRAMS:
        program = bare_path / name
        program.touch()
        program.chmod(0o755)
    assert prepare.is_ready("dev")


def test_a_python_is_named_as_the_platform_does() -> None:
    assert prepare.with_python("3.11", "win32") == r"py -3.11 setup\prepare.py run"
    assert prepare.with_python("3.11", "darwin") == "make PYTHON=python3.11 ..."


def test_two_set_ups_take_turns(tmp_path: Path) -> None:
    file = tmp_path / "held"
    file.write_bytes(b"x")
    with file.open("rb") as one:
        assert prepare.take_lock(one.fileno())
        with file.open("rb") as other:
            assert not prepare.take_lock(other.fileno())
    with file.open("rb") as other:
        assert prepare.take_lock(other.fileno())


def test_what_is_missing_is_named_for_other_programs(
    bare_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepare.main(["missing"]) == 0
    assert {"curl", "vim"} <= set(capsys.readouterr().out.split())
