"""Who wrote a line, and which commit brought it."""

from threading import Event

from msgspec import Struct

from app.git.command import GitError, Refused
from app.git.repository import HASH, Commit, Repository, moment
from app.plain_text import one_line


class BlamedLine(Struct, frozen=True, kw_only=True):
    """A line of a file with the commit that brought it as it is.

    `is_edge`: the history that is stored here begins with that commit, so the line may be older.
    """

    number: int
    text: str
    commit: Commit
    name_then: str = ""
    is_edge: bool = False


def blame(
    repository: Repository,
    name: str,
    first: int,
    last: int,
    *,
    revision: str = "HEAD",
    stop: Event | None = None,
) -> tuple[BlamedLine, ...]:
    """The lines from `first` to `last`, from 1, of a file in a commit. Raises `GitError`."""
    try:
        answer = repository.git(
            "blame", "--porcelain", "--no-textconv", "-L", f"{first},{last}", revision, "--", name, stop=stop
        )
    except Refused as error:
        if "no such path" in error.said:
            raise GitError(f"{name} is not in the repository: it was never committed.") from error
        raise
    return _read(answer.decode("utf-8", "replace").split("\n"), is_shallow=repository.is_shallow)


def _read(lines: list[str], *, is_shallow: bool) -> tuple[BlamedLine, ...]:
    """The porcelain format: a header that names a commit's facts once, then a tab and the line."""
    facts: dict[str, dict[str, str]] = {}
    found: list[BlamedLine] = []
    current, number = "", 0
    for line in lines:
        if line.startswith("\t"):
            # Git calls the very first commit a boundary, too.
            is_edge = is_shallow and "boundary" in facts[current]
            found.append(_line(number, line[1:], current, facts[current], is_edge=is_edge))
            continue
        word, _, rest = line.partition(" ")
        if HASH.fullmatch(word):
            current, number = word, int(rest.split(" ")[1])
            facts.setdefault(current, {})
        elif word and current:
            facts[current][word] = rest
    return tuple(found)


def _line(number: int, text: str, commit: str, facts: dict[str, str], *, is_edge: bool) -> BlamedLine:
    known = Commit(
        hash=commit,
        author=one_line(facts.get("author", "")),
        written_at=moment(facts.get("author-time", "")),
        committed_at=moment(facts.get("committer-time", "")),
        subject=one_line(facts.get("summary", ""), 500),
    )
    return BlamedLine(
        number=number,
        text=text,
        commit=known,
        name_then=facts.get("filename", ""),
        is_edge=is_edge,
    )
