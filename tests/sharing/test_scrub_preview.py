"""The preview counts, over stored events, what each rule hides and where."""

from app.preferences import ScrubPattern
from app.sharing import scrub_preview
from tests.factories import envelope
from tests.sharing.conftest import Begin
from tests.sharing.test_exports import EVENT_ID, SENT, post

PATTERNS = (
    ScrubPattern(pattern="K-[0-9]+"),
    ScrubPattern(pattern="plan", is_field=True),
    ScrubPattern(pattern="("),
)


def test_what_is_hidden_where_and_by_which_rule(begin: Begin) -> None:
    running = begin("one")
    for number in range(3):
        post(running, "/api/1/envelope/?sentry_key=shop", envelope(f"{number:032x}", **SENT))
    with running.engine.database.reading() as connection:
        found = scrub_preview.over_newest(connection, PATTERNS)
    assert found is not None
    assert found.events == 3
    assert len(found.problems) == 1
    by_place = {(finding.place, finding.rule): finding for finding in found.findings}
    assert by_place["locals", "K-[0-9]+"] == scrub_preview.Finding("locals", "K-[0-9]+", 3, 3, "K-99")
    assert by_place["tags", "field plan"].values == 3
    assert by_place["request body", "built-in rules"].events == 3


def test_it_can_be_cancelled(begin: Begin) -> None:
    running = begin("one")
    post(running, "/api/1/envelope/?sentry_key=shop", envelope(EVENT_ID, **SENT))
    with running.engine.database.reading() as connection:
        assert scrub_preview.over_newest(connection, (), progress=lambda _done, _total: False) is None
