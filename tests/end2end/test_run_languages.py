"""Real programs of every language that is here crash under `run`, without a client: each is one event.

A language that is not installed is skipped, by name.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from msgspec import Struct

from tests.end2end.engine_process import EngineProcess
from tests.end2end.test_run import run
from tests.runs import filed_events

pytestmark = pytest.mark.long


COMPILE_SECONDS = 240.0


class Program(Struct, frozen=True):
    """A program that crashes in `pay`, how it is built and run, and what is expected of its event.

    `{f}` in a command is the file. `line` is that of the newest frame of the file itself, `function` the end
    of its name, or None where the language does not tell.
    """

    language: str
    file: str
    text: str
    command: tuple[str, ...]
    type: str
    value: str
    line: int
    function: str | None = "pay"
    build: tuple[str, ...] = ()


PROGRAMS = (
    Program(
        "python3", "pay.py", 'def pay(card):\n    raise ValueError("no card")\n\npay(7)\n',
        ("python3", "{f}"), "ValueError", "no card", 2,
    ),
    Program(
        "node", "pay.js", 'function pay(card) {\n  throw new TypeError("no card");\n}\npay(7);\n',
        ("node", "{f}"), "TypeError", "no card", 2,
    ),
    Program(
        "ruby", "pay.rb", 'def pay(card)\n  raise ArgumentError, "no card"\nend\npay(7)\n',
        ("ruby", "{f}"), "ArgumentError", "no card", 2,
    ),
    Program(
        "perl", "pay.pl", 'use Carp;\nsub pay {\n  confess "no card";\n}\npay(7);\n',
        ("perl", "{f}"), "", "no card", 3,
    ),
    Program(
        "php", "pay.php",
        '<?php\nfunction pay($card) {\n  throw new RuntimeException("no card");\n}\npay(7);\n',
        ("php", "-d", "display_errors=stderr", "-d", "log_errors=0", "{f}"),
        "RuntimeException", "no card", 3,
    ),
    Program(
        "go", "pay.go",
        'package main\n\nfunc pay(card int) {\n\tpanic("no card")\n}\n\nfunc main() {\n\tpay(7)\n}\n',
        ("./program",), "panic", "no card", 4,
        build=("go", "build", "-gcflags=-l", "-o", "program", "{f}"),
    ),
    Program(
        "rustc", "pay.rs",
        '#[inline(never)]\nfn pay(card: i32) {\n    if card > 0 { panic!("no card"); }\n}\n\n'
        "fn main() {\n    pay(7);\n}\n",
        ("./program",), "panic", "no card", 3, None,
        build=("rustc", "-g", "-o", "program", "{f}"),
    ),
    Program(
        "javac", "Pay.java",
        "public class Pay {\n  static void pay(int card) {\n"
        '    throw new IllegalStateException("no card");\n  }\n'
        "  public static void main(String[] arguments) {\n    pay(7);\n  }\n}\n",
        ("java", "-cp", ".", "Pay"), "IllegalStateException", "no card", 3,
        build=("javac", "{f}"),
    ),
    Program(
        "gcc", "pay.c",
        "#include <stdlib.h>\n__attribute__((noinline)) int pay(int *cards) {\n  return cards[7];\n}\n\n"
        "int main(void) {\n  int *cards = malloc(4 * sizeof(int));\n  int found = pay(cards);\n"
        "  free(cards);\n  return found;\n}\n",
        ("./program",), "heap-buffer-overflow", "", 3,
        build=("gcc", "-g", "-fsanitize=address", "-o", "program", "{f}"),
    ),
    Program(
        "lua", "pay.lua", 'function pay(card)\n  error("no card")\nend\n\npay(7)\n',
        ("lua", "{f}"), "", "no card", 2,
    ),
)  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.language)
def test_a_crash_is_one_event(program: Program, shared_engine: EngineProcess, tmp_path: Path) -> None:
    if shutil.which(program.language) is None:
        pytest.skip(f"{program.language} is not installed")
    (tmp_path / program.file).write_text(program.text, "utf-8")

    def filled(words: tuple[str, ...]) -> list[str]:
        return [word.replace("{f}", program.file) for word in words]

    if program.build:
        home = {"GOCACHE": str(tmp_path / "cache"), "GO111MODULE": "off"}
        subprocess.run(
            filled(program.build),
            cwd=tmp_path,
            check=True,
            timeout=COMPILE_SECONDS,
            env=os.environ | home,
            capture_output=True,
        )
    ended = run(shared_engine.data_dir, program.language, *filled(program.command), cwd=tmp_path)
    assert ended.returncode != 0
    (event,) = filed_events.of(shared_engine.data_dir, program.language)
    raised = event.exceptions[-1]
    assert program.type in (raised.type or "")
    assert program.value in (raised.value or "")
    own = [frame for frame in raised.frames if program.file in (frame.abs_path or frame.filename or "")]
    assert own[-1].line == program.line
    if program.function is not None:
        assert (own[-1].function or "").endswith(program.function)
