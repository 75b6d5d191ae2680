"""What is wrong with `--query`, printed to stderr with a caret under the place."""

from app.plain_text import say
from app.query import parser, problems
from app.query.syntax import Problem

# Of a long search what is around the place is shown.
_AROUND = 60


def report(query: str) -> bool:
    """Print what is wrong with a search; returns whether it can find anything all the same."""
    parsed = parser.parse(query)
    for problem in parsed.problems:
        say("\n".join(_lines(query, problem)), error=True)
    return not problems.is_hopeless(parsed.root)


def _lines(query: str, problem: Problem) -> tuple[str, str, str]:
    start = max(0, problem.start - _AROUND)
    end = min(len(query), max(problem.end, start + 2 * _AROUND))
    # One column for each character: a tab or a line break would move the caret.
    shown = "".join(character if character.isprintable() else " " for character in query[start:end])
    carets = "^" * min(problem.end - problem.start, _AROUND)
    return f"--query: {problem.sentence}", f"    {shown}", " " * (4 + problem.start - start) + carets
