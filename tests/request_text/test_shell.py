"""Any text as one word of a shell."""

import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st

from app.request_text.shell import quoted


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_a_shell_reads_the_text(text: str) -> None:
    word = quoted(text)
    assert all(character.isprintable() or character in "\n\t" for character in word)
    ran = subprocess.run(
        ["/bin/sh"], input=f"printf '%s.' {word}\n".encode(), capture_output=True, check=True
    )
    sent = text.replace("\x00", "").encode("utf-8", "replace").decode()
    assert ran.stdout.decode() in (f"{sent}.", f"{sent.rstrip(chr(10))}.")
