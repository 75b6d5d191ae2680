"""The wheel, built and run; and what packages have beside it. `make test-packages` tries all of them."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.cli.arguments.parser import parser
from app.version import VERSION
from setup.packages import carried_python, desktop_files, licences, man_page, qt_parts, wheel

ROOT = Path(__file__).resolve().parents[2]
# Where the code looks for files by its own place, each with the folder that it opens.
PLACES = {
    "app/program_command.py": "",
    "app/runs/hooks.py": "resources/hooks",
    "app/store/first_issues.py": "app/store/migrations/versions",
    "app/store/migrations/upgrade.py": "app/store/migrations",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel.build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(built: Path) -> set[str]:
    with zipfile.ZipFile(built) as opened:
        return set(opened.namelist())


def sources() -> list[Path]:
    return [file for folder in ("app", "ui") for file in (ROOT / folder).rglob("*.py")]


def test_the_wheel_has_one_package_of_its_own_name(names: set[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    assert top == {"arecibo_desktop", f"arecibo-{VERSION}.dist-info"}


def test_every_file_of_the_program_is_in_it(names: set[str]) -> None:
    files = [ROOT / "main.py", *(f for d in ("app", "ui", "resources") for f in (ROOT / d).rglob("*"))]
    wanted = {
        f"{wheel.PROGRAM}{file.relative_to(ROOT).as_posix()}"
        for file in files
        if file.is_file() and "__pycache__" not in file.parts
    }
    inside = {name for name in names if name.startswith(wheel.PROGRAM)}
    assert inside - wanted == {f"{wheel.PROGRAM}build.json"}
    assert not wanted - inside


def test_what_the_code_opens_by_its_place_is_in_it(names: set[str]) -> None:
    by_place = {
        file.relative_to(ROOT).as_posix() for file in sources() if uses_its_place(file.read_text("utf-8"))
    }
    assert by_place == set(PLACES), "say which folder this module opens; it must be in every package"
    for folder in PLACES.values():
        assert any(name.startswith(f"{wheel.PROGRAM}{folder}") for name in names)
    text = "\n".join(file.read_text("utf-8") for file in sources())
    opened = re.findall(r'\bROOT / "resources" / "([^"]+)"', text)
    assert {"clients.toml", "icons.ttf", "style.qss", "arecibo.svg"} <= set(opened)
    for name in opened:
        assert any(inside.startswith(f"{wheel.PROGRAM}resources/{name}") for inside in names), name


def uses_its_place(text: str) -> bool:
    """Whether code names `__file__`, of its own module."""
    return "__file__" in text and any(
        isinstance(node, ast.Name) and node.id == "__file__" for node in ast.walk(ast.parse(text))
    )


def test_the_command_finds_the_program_before_what_others_call_app_and_ui(
    built: Path, tmp_path: Path
) -> None:
    """As installed, with another distribution's `app` and `ui` beside it, and a script that imports them."""
    site = tmp_path / "site"
    with zipfile.ZipFile(built) as opened:
        opened.extractall(site)
    for name in ("app", "ui"):
        (site / name).mkdir()
        (site / name / "__init__.py").write_text("WHOSE = 'theirs'")
    code = "import sys; from arecibo_desktop import main; sys.exit(main())"
    environ = {**os.environ, "PYTHONPATH": str(site)}
    said = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.startswith(f"Arecibo {VERSION}"), said.stderr
    assert str(site / "arecibo_desktop" / "program") in said.stdout
    theirs = subprocess.run(
        [sys.executable, "-c", "import app, ui; print(app.WHOSE, ui.WHOSE)"],
        env=environ,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert theirs.stdout == "theirs theirs\n"


@pytest.mark.long
def test_the_wheel_takes_an_error_in_all_its_processes(built: Path, tmp_path: Path) -> None:
    """The engine's, the digest's (spawned), and the commands'."""
    with zipfile.ZipFile(built) as opened:
        opened.extractall(tmp_path / "site")
    script = tmp_path / "arecibo"
    script.write_text(
        "import sys\nfrom arecibo_desktop import main\nif __name__ == '__main__':\n    sys.exit(main())\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "ARECIBO_DATA_DIR": str(tmp_path / "data")}
    environ["ARECIBO_SPOTLIGHT"] = "false"
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        [*command, "serve", "--port", "0"], env=environ, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as engine:
        try:
            assert engine.stdout is not None
            assert engine.stdout.readline().startswith("listening on")
            sent = subprocess.run(
                [*command, "send-test"],
                env=environ,
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            engine.terminate()
    assert "It has arrived" in sent.stdout, sent.stderr
    assert engine.returncode == 0


def test_the_build_says_which_commit(built: Path) -> None:
    with zipfile.ZipFile(built) as opened:
        build = json.loads(opened.read(f"{wheel.PROGRAM}build.json"))
    assert build["package"] == "wheel"
    assert re.fullmatch(r"([0-9a-f]{12}\+?)?", build["commit"])


def test_the_manual_has_every_command_and_flag() -> None:
    page = man_page.text()
    plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
    (commands,) = [action.choices for action in parser()._actions if action.dest == "command"]
    assert commands is not None
    for name, command in dict(commands).items():
        assert f".SS arecibo {name}" in plain
        for action in command._actions:
            for flag in action.option_strings:
                assert flag in plain or action.help == "==SUPPRESS==" or flag in ("-h", "--help")
    assert "main.py" not in page.replace("main.py run", "")
    if shutil.which("groff"):
        checked = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z"], input=page.encode(), capture_output=True, check=True
        )
        assert not checked.stderr, checked.stderr.decode()


def test_the_icon_is_there_in_every_size(tmp_path: Path) -> None:
    desktop_files.write_icons(tmp_path)
    for pixels in desktop_files.ICON_SIZES:
        head = (tmp_path / f"{pixels}x{pixels}" / "apps" / "arecibo.png").read_bytes()[:24]
        assert int.from_bytes(head[16:20], "big") == pixels


def test_of_qt_what_the_window_imports_is_taken() -> None:
    assert qt_parts.modules() >= {"QtCore", "QtGui", "QtNetwork", "QtWidgets"}


def test_every_locked_package_of_this_platform_is_there_with_a_licence(tmp_path: Path) -> None:
    packages = {package.name.lower().replace("_", "-") for package in carried_python.locked_packages()}
    assert {"pyside6-essentials", "uvicorn", "sqlalchemy", "apprise"} <= packages
    licences.write_all(tmp_path)
    text = (tmp_path / "copyright").read_text("utf-8")
    assert text.count("\nLicense: ") >= len(packages)
