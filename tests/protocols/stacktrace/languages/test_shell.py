import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


def test_the_first_line_that_failed() -> None:
    parsed = sample("bash/script")

    assert (parsed.platform, parsed.unread) == ("bash", 0)
    assert said(parsed) == [(None, "nosuchcmd: command not found")]
    assert calls(parsed.exceptions[0]) == ["None shop.sh:4"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("./deploy.sh: 8: NOPE: parameter not set", "None ./deploy.sh:8"),
        ("bash: line 1: terraform: command not found", "None bash:1"),
        (
            "2026-11-30 20:38:32 ERROR /srv/run.bash: line 3: syntax error near unexpected token `fi'",
            "None /srv/run.bash:3",
        ),
    ],
)
def test_other_shells(text: str, place: str) -> None:
    (raised,) = parse(text).exceptions
    assert calls(raised) == [place]


@pytest.mark.parametrize(
    "text", ["deploy.sh: line 4: installing", "fresh: 4: not found", "push: line 4: done"]
)
def test_prose_is_no_failure(text: str) -> None:
    assert parse(text).exceptions == ()
