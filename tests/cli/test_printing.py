"""What is printed for people: all of it there, read as text only, and harmless to a terminal."""

import pytest
from msgspec.structs import replace
from rich.console import Console

from app.cli import printing
from app.model import Issue, from_micros
from app.store.inbox import issues
from app.store.queue.queue_overview import Refusal
from tests.factories import NOON, Store, make_event
from tests.hostile import TEXTS, UNSHOWN


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """A terminal that is 200 columns wide."""
    monkeypatch.setenv("COLUMNS", "200")
    return printing.terminal()


@pytest.fixture
def issue(store: Store) -> Issue:
    store.file(make_event("KeyError", "[bold]card[/bold] :smile:"))
    (issue,) = store.read(issues.page, issues.IssueFilter())
    return issue


def test_an_issue_is_a_row_of_a_table(
    console: Console, issue: Issue, capsys: pytest.CaptureFixture[str]
) -> None:
    printing.print_issues(console, [issue])
    _head, row, culprit = capsys.readouterr().out.splitlines()
    assert row.split()[:2] == ["1", "error"]
    assert "KeyError: [bold]card[/bold] :smile:" in row
    assert culprit.strip() == "shop.checkout in charge_card"


def test_a_long_title_is_cut(console: Console, issue: Issue, capsys: pytest.CaptureFixture[str]) -> None:
    printing.print_issues(console, [replace(issue, title="x" * 500)])
    printed = capsys.readouterr().out
    assert 0 < printed.count("x") <= printing.SHORT
    assert "…" in printed


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_no_text_acts_on_the_terminal(
    console: Console, issue: Issue, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printing.print_issues(console, [replace(issue, title=text, project=text, culprit=text)])
    console.print(text)
    assert not UNSHOWN.search(capsys.readouterr().out)


def test_an_event_is_printed_with_its_frames_the_raised_exception_and_what_was_not_understood(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    event = make_event("KeyError", "'card'", problems=("tags: a list",))
    frame = replace(
        event.exceptions[0].frames[0], context=((11, "before"), (12, "  charge()  "), (13, "after"))
    )
    exception = replace(event.exceptions[0], frames=(frame,))
    printing.print_whole_event(console, replace(event, exceptions=(exception,)))
    printed = [line.strip() for line in capsys.readouterr().out.splitlines() if line]
    assert printed[0] == "KeyError: 'card'"
    assert printed[1].startswith("error in shop, 2026-")
    assert printed[2:] == [
        "shop/checkout.py:12 in charge_card",
        "charge()",
        "KeyError: 'card'",
        "not understood: tags: a list",
    ]


def test_a_refusal_is_printed_without_secrets_and_with_what_is_missing(
    console: Console, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = Refusal(
        id=7,
        at=from_micros(NOON),
        status=413,
        reason="The body is too large.",
        remote="127.0.0.1",
        head="POST /entries HTTP/1.1\r\nauthorization: Bearer open-sesame",
        body=b"beginning",
        body_size=1_009,
        kept_size=9,
        retries=1,
    )
    printing.print_refusal(console, refusal)
    printed = capsys.readouterr().out
    assert printed.startswith("R7: answered 413, tried again once. The body is too large.")
    assert "open-sesame" not in printed
    assert "beginning" in printed
    assert "9 of 1,009 bytes are kept" in printed
