"""The text of a notice: plain, and short enough for a corner of the screen."""

from collections.abc import Sequence

from app.happenings import Happening, Kind
from app.plain_text import elided, plural
from app.store.notices.notice import QUIET

LONGEST_TITLE = 160
LONGEST_LINE = 200
LONGEST_NAME = 60
_NAMED = 5
_PROJECTS_NAMED = 12
_TITLES = {
    Kind.NEW: "New in {project}",
    Kind.REGRESSED: "Back in {project}",
    Kind.ESCALATING: "More and more in {project}",
    Kind.UNMUTED: "No longer muted in {project}",
    Kind.COUNT: "{count:,} times in {project}",
}


def title_of(happening: Happening) -> str:
    """What happened, where, and the issue's title, in one line."""
    what = _TITLES[happening.kind].format(
        project=short(happening.project, LONGEST_NAME), count=happening.count
    )
    return short(f"{what}: {happening.title}", LONGEST_TITLE)


def body_of(happening: Happening) -> str:
    """Where in the code, why, and the environment, release and number of events: a line each."""
    release = f"release {happening.release}" if happening.release else None
    about = " · ".join(filter(None, (happening.environment, release, plural(happening.count, "event"))))
    return "\n".join(
        short(line, LONGEST_LINE) for line in (happening.culprit, happening.reason, about) if line
    )


def summary_title(kind: str, count: int) -> str:
    """The title of a notice that counts others."""
    notices = plural(count, "notice")
    return f"{notices} of the quiet hours" if kind == QUIET else f"{notices} more than fit in an hour"


def summary_body(happenings: Sequence[Happening], before: str = "") -> str:
    """The titles of some of the counted happenings; `before` is the body when there were fewer.

    Each project is named before another is named twice, and what is new before what is not.
    """
    ordered = sorted(happenings, key=lambda each: each.kind is not Kind.NEW)
    news = (short(f"{short(each.project, LONGEST_NAME)}: {each.title}", LONGEST_LINE) for each in ordered)
    named = list(dict.fromkeys((*before.splitlines()[1:], *news)))
    first = list({line.partition(": ")[0]: line for line in reversed(named)}.values())[::-1][:_PROJECTS_NAMED]
    rest = [line for line in named if line not in first][: max(0, _NAMED - len(first))]
    chosen = {*first, *rest}
    return "\n".join(["Among them:", *(line for line in named if line in chosen)])


def short(text: str, longest: int) -> str:
    """`text` in one line of at most `longest` characters."""
    return elided(text, longest)
