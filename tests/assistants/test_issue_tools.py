"""Lists and searches of issues."""

import json

from app import preferences
from app.model import IssueState
from app.preferences import ScrubPattern
from tests.assistants.conftest import Ask, Send, stack
from tests.factories import Store, set_state


def listed(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_the_inbox_has_what_is_open_and_other_lists_the_rest(ask: Ask, send: Send, store: Store) -> None:
    send(exception=stack(type_="OSError"))
    send(project="web", exception=stack(type_="KeyError"))
    store.write(set_state, [1], IssueState.RESOLVED)
    assert [each["id"] for each in listed(ask("list_issues").text)] == [2]
    assert [each["id"] for each in listed(ask("list_issues", view="resolved").text)] == [1]
    assert [each["id"] for each in listed(ask("list_issues", view="everything").text)] == [2, 1]
    assert [each["id"] for each in listed(ask("list_issues", view="everything", project="shop").text)] == [1]
    assert "Position 2" in ask("list_issues").text


def test_an_unknown_project_and_an_empty_list_say_so(ask: Ask, send: Send) -> None:
    send()
    assert "`shop`" in ask("list_issues", project="shopp").text
    assert "There is none in the list “muted”" in ask("list_issues", view="muted").text


def test_a_list_stays_within_its_limit_and_its_budget(ask: Ask, send: Send) -> None:
    for number in range(8):
        send(exception=stack(type_=f"Error{number}", value="v" * 400), fingerprint=[str(number)])
    some = ask("list_issues", limit=3).text
    assert len(listed(some)) == 3
    assert "There are more" in some
    short = ask("list_issues", budget=3_000).text
    assert len(short) <= 3_000
    assert "left out" in short


def test_a_search_says_what_is_doubtful_and_refuses_what_finds_nothing(ask: Ask, send: Send) -> None:
    send()
    assert len(listed(ask("search_issues", query="type:KeyError card").text)) == 1
    doubtful = ask("search_issues", query="levle:error")
    assert not doubtful.failed
    assert "Did you mean “level:”?" in doubtful.text
    hopeless = ask("search_issues", query="is:opne")
    assert hopeless.failed
    assert "Did you mean “open”?" in hopeless.text


def test_a_persons_own_secrets_stay_here(ask: Ask, send: Send, store: Store) -> None:
    send(exception=stack(value="order MINE-12345 failed"))
    preferences.change(store.database.file.parent, scrub_patterns=(ScrubPattern(pattern=r"MINE-\d+"),))
    text = ask("list_issues").text
    assert "MINE" not in text
    assert "[Filtered]" in text
