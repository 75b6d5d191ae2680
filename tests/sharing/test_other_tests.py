"""Skeletons in other languages: each has its shape, and outside text in literals only."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from app.sharing import http_case, other_tests
from app.sharing.other_tests import Maker
from tests.factories import make_event
from tests.sharing.events import HOSTILE, with_text
from tests.ui.detail.samples import make_detail

MAKERS = (
    other_tests.javascript,
    other_tests.java,
    other_tests.ruby,
    other_tests.go,
    other_tests.php,
    other_tests.csharp,
)
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')


@pytest.mark.parametrize("make", MAKERS)
def test_the_request_is_sent_again(make: Maker) -> None:
    event = make_detail().event
    text = make(event, http_case.of_event(event))
    assert "http://localhost:5000" in text
    assert "/checkout?coupon=TEA&coupon=CUP" in text
    assert "500" in text


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_outside_the_literals_nothing_comes_from_outside(make: Maker, text: str) -> None:
    event = with_text(text)
    for case in (http_case.of_event(event), None):
        written = make(event, case)
        code = _LITERAL.sub('""', written)
        harmless = _LITERAL.sub(
            '""', make(with_text("a"), http_case.of_event(with_text("a")) if case else None)
        )
        assert code.count('"') % 2 == 0
        for sign in ("evil", "import os", "alert(", "Runtime.", "`", "\x1b", "\u202e"):
            assert sign not in code
        if case is None:
            # Only the class's name differs, which has letters and digits.
            assert len(code.splitlines()) == len(harmless.splitlines())


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("text", HOSTILE)
def test_node_compiles_it(text: str, tmp_path: Path) -> None:
    event = with_text(text)
    file = tmp_path / "a.test.js"
    file.write_text(other_tests.javascript(event, http_case.of_event(event)))
    subprocess.run([shutil.which("node") or "node", "--check", file], check=True)


def test_a_title_that_is_no_name_makes_a_class_all_the_same() -> None:
    assert "class Error404Test" in other_tests.java(make_event(exceptions=(), title="404 ???"), None)
