"""Without an engine, importing says so."""

from pathlib import Path

from app.settings import Settings
from app.sharing import sending


def test_without_an_engine_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    result = sending.send(Settings(data_dir=tmp_path), b"", "a")
    assert not result.ok
    assert "main.py serve" in result.message


def test_an_engine_that_is_gone_is_a_sentence() -> None:
    result = sending.post("http://127.0.0.1:1", b"", "a.html")
    assert not result.ok
    assert result.message.startswith("a.html was not imported: the engine at http://127.0.0.1:1")
