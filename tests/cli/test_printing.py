"""What the commands print for the user: every field readable, and no text from outside as markup."""

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from app.cli import printing
from app.model import Level
from app.store.engine_state.job_runs import JobRun
from app.store.inbox.lists import events, issues
from app.store.inbox.lists.issues import IssueFilter
from app.store.queue.queue_overview import Refusal
from tests.factories import Store, make_event
from tests.hostile import TEXTS, UNSHOWN

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def console() -> Console:
    """The console of the commands, which writes into a buffer."""
    made = printing.terminal()
    made.file, made.width = io.StringIO(), 200
    return made


def text_of(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("text", TEXTS)
def test_terminal_shows_control_characters_of_any_text(console: Console, text: str) -> None:
    console.print(text)
    assert not UNSHOWN.search(text_of(console))


def test_text_is_not_read_as_markup(console: Console, store: Store) -> None:
    store.file(make_event(value="[bold]b[/bold] :smile:", project="[link=http://evil/]x"))
    printing.print_issues(console, store.read(issues.page, IssueFilter()))
    for event in store.read(events.summaries):
        printing.print_event(console, event)
    assert text_of(console).count("KeyError: [bold]b[/bold] :smile:") == 2


def test_whole_event_has_frames_and_exceptions(console: Console) -> None:
    printing.print_whole_event(console, make_event(problems=("a field",), level=Level.FATAL))
    printed = text_of(console)
    assert "fatal in shop" in printed
    assert "  shop/checkout.py:12 in charge_card\n" in printed
    assert "KeyError: 'card'" in printed
    assert "not understood: a field" in printed


def test_refused_request_hides_secrets_and_says_what_is_missing(console: Console) -> None:
    refusal = Refusal(
        id=7,
        at=AT,
        status=413,
        reason="too large",
        remote="127.0.0.1",
        head="POST / HTTP/1.1\r\nAuthorization: Bearer open-sesame-42",
        body=b"password=hunter2",
        body_size=1_000,
    )
    printing.print_refusal(console, refusal)
    printed = text_of(console)
    assert "R7: answered 413. too large" in printed
    assert "16 of 1,000 bytes are kept" in printed
    assert "open-sesame-42" not in printed
    assert "hunter2" not in printed


def test_job_that_never_ran(console: Console) -> None:
    job = JobRun(
        job="retention",
        every=300.0,
        next_due=None,
        last_started=None,
        last_ended=None,
        runs=0,
        last_error=None,
        seconds=None,
    )
    printing.print_jobs(console, [job])
    row = text_of(console).splitlines()[-1].split()
    assert row == ["retention", "0", "300", "s", "never"]
