"""How one event is printed."""

import argparse

import pytest

from app.cli.arguments import one_event
from app.sharing.limits import LEAST_CHARACTERS, MOST_CHARACTERS


def parse(*arguments: str) -> argparse.Namespace:
    return argparse.ArgumentParser(parents=[one_event.printing()]).parse_args(arguments)


def test_it_is_readable_unless_told_otherwise() -> None:
    given = parse()
    assert (given.json, given.markdown, given.budget) == (False, False, None)
    assert parse("--budget", str(LEAST_CHARACTERS)).budget == LEAST_CHARACTERS
    assert parse("--markdown", "--budget", str(MOST_CHARACTERS)).budget == MOST_CHARACTERS


@pytest.mark.parametrize("wrong", ["--json --markdown", f"--budget {MOST_CHARACTERS + 1}", "--budget x"])
def test_what_cannot_be_is_wrong_usage(wrong: str) -> None:
    with pytest.raises(SystemExit):
        parse(*wrong.split())
